import type { KeptGraph } from './kept/kept-graph';
import type { WorkspaceReading } from './workspace-reading';

/** What there is of a graph once its nodes are known. Nx asks for the nodes first, and right after for the edges. */
export interface GraphInHand {
  readonly graph: KeptGraph;
  /** Missing where nothing had to be read. */
  readonly reading?: WorkspaceReading;
}

let latest: (GraphInHand & { readonly root: string }) | undefined;

/** Leaves a graph for whoever adds its edges. */
export function handOn(root: string, graph: GraphInHand): void {
  latest = { root, ...graph };
}

/** The graph that the nodes of a workspace were made for, once: later it may no longer be true. */
export function takeOver(root: string): GraphInHand | undefined {
  const taken = latest;
  latest = undefined;
  return taken?.root === root ? taken : undefined;
}
