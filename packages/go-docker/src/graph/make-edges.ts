import { type FileImports, workspaceImports, type WorkspacePath } from '@go-docker/go-workspace';
import type { GraphInHand } from './graph-in-hand';
import { keepGraph } from './kept/kept-graph';
import { type ProjectEdge, projectEdges } from './project-edges';
import { withProblem } from './with-problem';
import { readWorkspace } from './workspace-reading';

/**
 * Reads the edges between projects, and keeps them together with the nodes of the same graph.
 *
 * @param question All that the answer depends on besides the files of the workspace.
 * @param names Of the projects, by their roots.
 */
export function makeEdges(
  root: string,
  question: string,
  names: ReadonlyMap<WorkspacePath, string>,
  inHand: Partial<GraphInHand>,
): readonly ProjectEdge[] {
  const reading = inHand.reading ?? readWorkspace(root);
  const packages = withProblem(
    () => workspaceImports(reading.workspace()),
    () => new Map<WorkspacePath, readonly FileImports[]>(),
  );
  const value = projectEdges(packages, names);
  reading.keepGoFiles();
  keepGraph(root, {
    nodes: inHand.graph?.nodes,
    edges: { question, value },
    log: {
      // What the nodes were made from may have changed since: the older stamp tells.
      files: new Map([...reading.log.files, ...(inHand.graph?.log.files ?? [])]),
      folders: new Map([...reading.log.folders, ...(inHand.graph?.log.folders ?? [])]),
    },
  });
  return value;
}
