import type { WorkspacePath } from '../files/workspace-path';

/** A main package, and the project that stands for it. */
export interface GoApp {
  readonly name: string;
  readonly packageDir: WorkspacePath;
  readonly moduleDir: WorkspacePath;
  readonly importPath: string;
  /** The folder of its Dockerfile. */
  readonly projectRoot: WorkspacePath;
}
