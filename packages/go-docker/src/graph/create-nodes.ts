import type { CreateNodes } from '@nx/devkit';
import { nxMajor } from '../nx-version';
import { handOn } from './graph-in-hand';
import type { NxFacts } from './image-projects';
import { keptGraph, type Nodes } from './kept/kept-graph';
import type * as MakeNodes from './make-nodes';
import type { PluginOptions } from './plugin-options';

/**
 * Gives the targets of an image to every project with a Go app and a Dockerfile that has a `runner` stage. Nx calls it anew whenever a
 * file has changed, with the Dockerfiles that neither git nor Nx ignores.
 */
export const createNodes: CreateNodes<PluginOptions> = [
  '**/Dockerfile',
  (dockerfiles, options, { workspaceRoot, nxJsonConfiguration: { targetDefaults } }) => {
    const affectedUnit = nxMajor() >= 24 ? 'task' : 'project';
    const question = JSON.stringify([dockerfiles, options, affectedUnit, targetDefaults]);
    const graph = keptGraph(workspaceRoot);
    if (graph?.nodes?.question === question) {
      handOn(workspaceRoot, { graph });
      return forNx(graph.nodes.value);
    }
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- Loading it takes longer than to find that nothing has changed.
    const { makeNodes } = require('./make-nodes') as typeof MakeNodes;
    const facts: NxFacts = { affectedUnit, targetDefaults };
    return forNx(makeNodes(workspaceRoot, question, dockerfiles, options, facts));
  },
];

/** Nx adds to metadata what others say of a project. Where it has no process of its own for a plugin, what is kept would be added to. */
function forNx(nodes: Nodes): Nodes {
  return 'NX_PLUGIN_WORKER' in globalThis ? nodes : structuredClone(nodes);
}
