import type { FileSystem } from '../files/file-system';
import type { WorkspacePath } from '../files/workspace-path';
import type { KnownGoFiles } from '../sources/known-go-files';
import type { GoMod, GoWork } from './module-files';

/** A Go workspace as its files were when it was read: after a change, read it anew. */
export interface GoWorkspace {
  readonly files: FileSystem;
  /** What is known of Go files from an earlier time. */
  readonly knownGoFiles?: KnownGoFiles;
  /** The go.work at the workspace root. */
  readonly workFile?: GoWork;
  /** Whether Go takes every package that is of no module of go.work from `vendor/` beside it (`go work vendor`). */
  readonly hasWorkVendor: boolean;
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
  /** Whether Go, built without go.work, takes every package that is not the module's own from its `vendor/` (`go mod vendor`). */
  readonly hasVendor: boolean;
}
