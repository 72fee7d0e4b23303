import type { WorkspacePath } from './workspace-path';

export interface DirectoryEntry {
  readonly name: string;
  /** What the entry is after symbolic links are followed. */
  readonly kind: 'file' | 'directory';
  /**
   * For a symbolic link: every path that is visited on the way to what it names, the last one being that itself.
   * All of them have to be there for the link to work elsewhere, for example in an image build.
   */
  readonly link?: readonly WorkspacePath[];
}

/** The first part of a file's text. */
export interface FileHead {
  readonly text: string;
  /** Whether that is all of it. */
  readonly isWhole: boolean;
}

/** The files of a workspace. Synchronous, because Nx reads it while it loads plugins. */
export interface FileSystem {
  /** The text of a file; undefined where there is none. */
  readFile(path: WorkspacePath): string | undefined;
  /** Some thousand characters of a file at most, for who needs no more; undefined where there is none. Without it, whole files are read. */
  readHead?(path: WorkspacePath): FileHead | undefined;
  /** What a folder holds, in no particular order; empty where there is none. Links that lead nowhere are left out. */
  readDirectory(path: WorkspacePath): readonly DirectoryEntry[];
}

/** Whether a folder holds an entry: asked of its list, because a failed attempt to read a file is far slower. */
export function hasEntry(
  files: FileSystem,
  directory: WorkspacePath,
  name: string,
  kind: DirectoryEntry['kind'],
): boolean {
  return files.readDirectory(directory).some((entry) => entry.name === name && entry.kind === kind);
}
