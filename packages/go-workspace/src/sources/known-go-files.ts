import type { WorkspacePath } from '../files/workspace-path';
import type { GoFile } from './go-file';

/** Go files as they were parsed at an earlier time. */
export interface KnownGoFiles {
  /** What the file says; undefined where that is not known, or the file has changed since. */
  get(path: WorkspacePath): GoFile | undefined;
  /** Takes note of what a file says that has just been read. */
  set(path: WorkspacePath, file: GoFile): void;
}
