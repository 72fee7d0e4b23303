import { diskFileSystem } from '@go-docker/go-workspace';
import { type CreateNodes, createNodesFromFiles, NX_VERSION } from '@nx/devkit';
import { imageProjects } from './image-projects';
import type { PluginOptions } from './plugin-options';

/**
 * Gives the targets `image`, `image-size` and `image-load` to every project with a Go app and a Dockerfile that has a `runner`
 * stage. Nx calls it anew whenever a file has changed, with the Dockerfiles that neither git nor Nx ignores.
 */
export const createNodes: CreateNodes<PluginOptions> = [
  '**/Dockerfile',
  (dockerfiles, options, context) => {
    const projectsOf = imageProjects(diskFileSystem(context.workspaceRoot), options, {
      affectedUnit: Number(NX_VERSION.split('.', 1)[0]) >= 24 ? 'task' : 'project',
      targetDefaults: context.nxJsonConfiguration.targetDefaults,
    });
    return createNodesFromFiles((file) => projectsOf(file) ?? {}, dockerfiles, options, context);
  },
];
