import type { HeldVersion, WorkspacePath } from '@go-docker/go-workspace';
import type { StaleBlock } from '../dockerfile/dockerfile';

/** What it takes for files that belong together to say again what the workspace says. */
export interface Renewal {
  /** What messages call them: the folder of an app, or the one file there is. */
  readonly place: string;
  /** The managed blocks that are out of date, in the order of the files. */
  readonly stale: readonly StaleBlock[];
  /** Path → new text of every file that has one of them. */
  readonly texts: ReadonlyMap<WorkspacePath, string>;
  /** The versions that a go.work pruned any further would not link. */
  readonly held: readonly HeldVersion[];
}
