import type { CreateNodes } from '@nx/devkit';
import { nxMajor } from '../nx-version';
import { handOn } from './graph-in-hand';
import { keptGraph } from './kept/kept-graph';
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
      return graph.nodes.value;
    }
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- Loading it takes longer than to find that nothing has changed.
    const { makeNodes } = require('./make-nodes') as typeof MakeNodes;
    return makeNodes(workspaceRoot, question, dockerfiles, options, { affectedUnit, targetDefaults });
  },
];
