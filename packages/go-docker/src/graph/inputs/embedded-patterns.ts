import { posix } from 'node:path';
import {
  type FileSystem,
  hasEntry,
  isWithin,
  type PackageFiles,
  type WorkspacePath,
} from '@go-docker/go-workspace';
import { belowPattern, isPlain } from './file-patterns';

/** Folders that are embedded as a whole, and the patterns that say so of files that were deleted, too. */
export interface EmbeddedPatterns {
  readonly folders: readonly WorkspacePath[];
  readonly patterns: readonly string[];
}

/**
 * Inputs that match what is embedded of folders: all of it where hidden files are asked for, else all but what is hidden. Whether there is
 * a hidden file makes no difference. Files of a hidden folder are matched, although they are not embedded: no form says that better.
 *
 * @param visible Folders of which every file is embedded but hidden ones, of which none is.
 * @param compiled All files of the image.
 */
export function embeddedPatterns(
  files: FileSystem,
  visible: readonly WorkspacePath[],
  packages: readonly Pick<PackageFiles, 'embedAll'>[],
  compiled: () => ReadonlySet<WorkspacePath>,
): EmbeddedPatterns {
  const all = packages
    .flatMap(({ embedAll }) => embedAll)
    .map(aboveWildcards)
    .filter((dir) => isFolder(files, dir) && isEmbeddedWhole(files, dir, compiled()));
  const others = visible.filter((dir) => !all.some((each) => isWithin(each, dir)));
  const [plain, odd] = [others.filter(isPlain), others.filter((dir) => !isPlain(dir))];
  // The part before `!(…)` may hold no `?`.
  const whole = [...all, ...odd.filter((dir) => isEmbeddedWhole(files, dir, compiled()))];
  return {
    folders: [...plain, ...whole],
    patterns: [...plain.map((dir) => `{workspaceRoot}/${dir}/**/!(.*|_*)`), ...whole.map(belowPattern)],
  };
}

const aboveWildcards = (pattern: string): WorkspacePath => pattern.replace(/\/[^/]*[*?[\\].*$/, '');

const isFolder = (files: FileSystem, path: WorkspacePath): boolean =>
  hasEntry(files, posix.dirname(path), posix.basename(path), 'directory');

/** Whether all of a folder is embedded, hidden files too. */
function isEmbeddedWhole(
  files: FileSystem,
  dir: WorkspacePath,
  compiled: ReadonlySet<WorkspacePath>,
): boolean {
  return files.readDirectory(dir).every(({ name, kind }) => {
    const path = posix.join(dir, name);
    return kind === 'file' ? compiled.has(path) : isEmbeddedWhole(files, path, compiled);
  });
}
