import { posix } from 'node:path';
import { type FileSystem, isWithin, type PackageFiles, type WorkspacePath } from '@go-docker/go-workspace';
import { belowPattern, isPlain } from './file-patterns';

/** Folders that are embedded as a whole, and the patterns that say so of files that were deleted, too. */
export interface EmbeddedPatterns {
  readonly folders: readonly WorkspacePath[];
  readonly patterns: readonly string[];
}

/**
 * Inputs that match what is embedded of the folders that `//go:embed` names: all of it where hidden files are asked for, else all but
 * those. Whether there is a hidden file makes no difference. Files of a hidden folder are matched, although they are not embedded: no form
 * says that better.
 *
 * @param compiled All files of the image.
 */
export function embeddedPatterns(
  files: FileSystem,
  packages: readonly Pick<PackageFiles, 'embedFolders' | 'embedAll'>[],
  compiled: () => ReadonlySet<WorkspacePath>,
): EmbeddedPatterns {
  const all = packages.flatMap(({ embedAll }) => embedAll);
  const visible = packages
    .flatMap(({ embedFolders }) => embedFolders)
    .filter((dir) => !all.some((each) => isWithin(each, dir)));
  // The part before `!(…)` may hold no `?`.
  const whole = [...all, ...visible.filter((dir) => !isPlain(dir))].filter((dir) =>
    isEmbeddedWhole(files, dir, compiled()),
  );
  const plain = visible.filter(isPlain);
  return {
    folders: [...plain, ...whole],
    patterns: [...plain.map((dir) => `{workspaceRoot}/${dir}/**/!(.*|_*)`), ...whole.map(belowPattern)],
  };
}

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
