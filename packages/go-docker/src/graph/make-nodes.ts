import { handOn } from './graph-in-hand';
import { imageProjects, type NxFacts } from './image-projects';
import { keepGraph, type Nodes } from './kept/kept-graph';
import { pluginSettings } from './plugin-options';
import { readWorkspace } from './workspace-reading';

/**
 * Reads Dockerfiles and the Go workspace around them, and keeps the answer for later graphs, or leaves it to who adds the edges.
 *
 * @param question All that the answer depends on besides the files of the workspace.
 */
export function makeNodes(
  root: string,
  question: string,
  dockerfiles: readonly string[],
  options: unknown,
  facts: NxFacts,
): Nodes {
  const reading = readWorkspace(root);
  const projectsOf = imageProjects(reading.files, options, facts, reading.workspace);
  const value: Nodes = dockerfiles.map((file) => [file, projectsOf(file) ?? {}]);
  const graph = { log: reading.log, nodes: { question, value } };
  if (pluginSettings(options).analyzeSourceFiles) handOn(root, { graph, reading });
  else {
    reading.keepGoFiles();
    keepGraph(root, graph);
  }
  return value;
}
