import type { FileSystem } from '../files/file-system';
import type { WorkspacePath } from '../files/workspace-path';
import type { GoMod, GoWork } from './module-files';

/** A Go workspace as its files were when it was read: after a change, read it anew. */
export interface GoWorkspace {
  readonly files: FileSystem;
  /** The go.work at the workspace root. */
  readonly workFile?: GoWork;
  /** Every module in the workspace, sorted by folder. */
  readonly modules: readonly GoModule[];
}

export interface GoModule {
  readonly dir: WorkspacePath;
  /** The module path. */
  readonly path: string;
  readonly goMod: GoMod;
  /** Named by a `use` line of go.work. */
  readonly inWorkFile: boolean;
  readonly hasGoSum: boolean;
  /** Holds `vendor/modules.txt`. */
  readonly hasVendor: boolean;
}
