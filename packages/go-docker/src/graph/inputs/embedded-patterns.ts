import { posix } from 'node:path';
import {
  type FileSystem,
  hasEntry,
  isHidden,
  isWithin,
  type PackageFiles,
  type WorkspacePath,
} from '@go-docker/go-workspace';
import { belowPattern, isPlain } from './file-patterns';

/** A folder of which everything is embedded but what is hidden. */
export interface EmbeddedFolder {
  readonly dir: WorkspacePath;
  /** What is embedded of it now. */
  readonly files: readonly WorkspacePath[];
}

/** Inputs for what `//go:embed` names by folder or wildcard, which match files that were deleted, too. */
export interface EmbeddedPatterns {
  readonly folders: readonly EmbeddedFolder[];
  /** Folders of which everything is embedded, hidden files too. */
  readonly whole: readonly WorkspacePath[];
  /** Those of wildcards and of the whole folders. */
  readonly patterns: readonly string[];
  /** Whether a file that is embedded needs no input of its own. */
  has(path: WorkspacePath): boolean;
}

/**
 * Inputs that match what is embedded of the folders that `//go:embed` names: all of it where hidden files are asked for, else all but
 * those. Whether there is a hidden file makes no difference. Files of a hidden folder are matched, although they are not embedded: no form
 * says that better.
 *
 * @param compiled All files of the image.
 * @param isMade Whether a folder is generated, which counts in another way.
 */
export function embeddedPatterns(
  files: FileSystem,
  packages: readonly Pick<PackageFiles, 'embedFolders' | 'embedAll' | 'embedWildcards'>[],
  compiled: () => ReadonlySet<WorkspacePath>,
  isMade: (path: WorkspacePath) => boolean,
): EmbeddedPatterns {
  const all = packages.flatMap(({ embedAll }) => embedAll).filter((dir) => !isMade(dir));
  const visible = packages
    .flatMap(({ embedFolders }) => embedFolders)
    .filter((dir) => !isMade(dir) && !all.some((each) => isWithin(each, dir)));
  // The part before `!(…)` may hold no `?`.
  const whole = [...all, ...visible.filter((dir) => !isPlain(dir))].filter((dir) =>
    isEmbeddedWhole(files, dir, compiled()),
  );
  const plain = visible.filter(isPlain).flatMap((dir) => withoutModules(files, dir));
  const wildcards = packages.flatMap(({ embedWildcards }) => embedWildcards);
  const simple = wildcards.filter((pattern) => isPlain(pattern.replaceAll('*', ''))).map(expression);
  const isIn = (dir: WorkspacePath, path: WorkspacePath): boolean =>
    isWithin(dir, path) && !isHiddenFile(path);
  return {
    folders: plain.map((dir) => ({ dir, files: [...compiled()].filter((path) => isIn(dir, path)) })),
    whole,
    patterns: [...whole.map(belowPattern), ...wildcards.map((pattern) => `{workspaceRoot}/${pattern}`)],
    has: (path) =>
      plain.some((dir) => isIn(dir, path)) ||
      whole.some((dir) => isWithin(dir, path)) ||
      simple.some((pattern) => pattern.test(path)),
  };
}

/** The input of an embedded folder: its hidden files are left out. */
export function embeddedFolderPattern({ dir }: EmbeddedFolder): string {
  return `{workspaceRoot}/${dir}/**/!(.*|_*)`;
}

/** Whether a file is hidden for `//go:embed`, by its own name. */
export function isHiddenFile(path: WorkspacePath): boolean {
  return isHidden(posix.basename(path));
}

/** Of wildcards that hold nothing but `*`, which means the same to Go and to Nx. */
const expression = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.$^|+()[\]{}\\]/g, '\\$&'))
      .join('[^/]*')}$`,
  );

/** A folder, or where another module begins below it, of which nothing is embedded, the folders beside that one. */
function withoutModules(files: FileSystem, dir: WorkspacePath): WorkspacePath[] {
  if (!modulesBelow(files, dir)) return [dir];
  return foldersIn(files, dir)
    .filter(isPlain)
    .filter((path) => !hasEntry(files, path, 'go.mod', 'file'))
    .flatMap((path) => withoutModules(files, path));
}

const modulesBelow = (files: FileSystem, dir: WorkspacePath): boolean =>
  foldersIn(files, dir).some((path) => hasEntry(files, path, 'go.mod', 'file') || modulesBelow(files, path));

const foldersIn = (files: FileSystem, dir: WorkspacePath): WorkspacePath[] =>
  files
    .readDirectory(dir)
    // What is embedded is no link, and what lies behind a link may lead back.
    .filter(({ name, kind, link }) => kind === 'directory' && !link && !isHidden(name))
    .map(({ name }) => posix.join(dir, name));

/** Whether all of a folder is embedded, hidden files too. */
function isEmbeddedWhole(
  files: FileSystem,
  dir: WorkspacePath,
  compiled: ReadonlySet<WorkspacePath>,
): boolean {
  return files.readDirectory(dir).every(({ name, kind, link }) => {
    const path = posix.join(dir, name);
    if (link) return false;
    return kind === 'file' ? compiled.has(path) : isEmbeddedWhole(files, path, compiled);
  });
}
