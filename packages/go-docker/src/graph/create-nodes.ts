import { diskFileSystem, rememberedFiles } from '@go-docker/go-workspace';
import type { CreateNodes } from '@nx/devkit';
import { readForNodes } from './go-workspace-of';
import { imageProjects } from './image-projects';
import { nxMajor } from '../nx-version';
import type { PluginOptions } from './plugin-options';

/**
 * Gives the targets of an image to every project with a Go app and a Dockerfile that has a `runner` stage. Nx calls it anew whenever a
 * file has changed, with the Dockerfiles that neither git nor Nx ignores.
 */
export const createNodes: CreateNodes<PluginOptions> = [
  '**/Dockerfile',
  (dockerfiles, options, { workspaceRoot, nxJsonConfiguration }) => {
    const files = rememberedFiles(diskFileSystem(workspaceRoot));
    const projectsOf = imageProjects(
      files,
      options,
      {
        affectedUnit: nxMajor() >= 24 ? 'task' : 'project',
        targetDefaults: nxJsonConfiguration.targetDefaults,
      },
      () => readForNodes(workspaceRoot, files),
    );
    return dockerfiles.map((file) => [file, projectsOf(file) ?? {}] as const);
  },
];
