import type { WorkspacePath } from '@go-docker/go-workspace';

/** What `update-bases` can move. */
export const movables = ['digests', 'go', 'tools', 'certificates'] as const;
export type Movable = (typeof movables)[number];

/** What is asked for. */
export interface BaseRequest {
  readonly only: readonly Movable[];
  /** The Go release to build with, or the minor release whose newest patch it is to be; undefined: of the one in use. */
  readonly go?: string;
}

/** A version or a digest that has changed. */
export interface Move {
  readonly what: string;
  /** Undefined where there was none. */
  readonly from?: string;
  readonly to: string;
  readonly file: WorkspacePath;
}

/** Files as they become, and what moved in them. */
export interface MovedFiles {
  readonly texts: ReadonlyMap<WorkspacePath, string>;
  readonly moves: readonly Move[];
}
