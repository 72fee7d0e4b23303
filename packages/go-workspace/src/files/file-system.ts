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

/** The files of a workspace. Synchronous, because Nx reads it while it loads plugins. */
export interface FileSystem {
  /** The text of a file; undefined where there is none. */
  readFile(path: WorkspacePath): string | undefined;
  /** What a folder holds, in no particular order; empty where there is none. Links that lead nowhere are left out. */
  readDirectory(path: WorkspacePath): readonly DirectoryEntry[];
}
