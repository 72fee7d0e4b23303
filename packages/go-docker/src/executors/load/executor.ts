import { join } from 'node:path';
import { packImage, readLayout } from '@go-docker/oci-image';
import type { ExecutorContext } from '@nx/devkit';
import { dockerIn } from '../../engines/docker/docker';
import { daemonPlatform, loadImage } from '../../engines/docker/load-image';
import { readImageJson } from '../../images/image-json';
import { imageNameOf } from '../../images/image-name';
import { projectPath } from '../../images/project-path';
import { runExecutor } from '../run';
import { taskOf } from '../task';
import { chooseImage } from './choose-image';
import { checkedTags } from './checked-tags';
import type { LoadExecutorOptions } from './options';

/** Loads one image of the image's folder into Docker, under each of its tags. */
export default function loadExecutor(
  options: LoadExecutorOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  return runExecutor(async (signal) => {
    const { project, workspaceRoot } = taskOf(context);
    const tags = checkedTags(options.tags ?? [`${imageNameOf(project)}:latest`]);
    const imagePath = options.imagePath ?? `dist/images/${projectPath(project)}`;
    readImageJson(workspaceRoot, imagePath);
    const layout = await readLayout(join(workspaceRoot, imagePath, 'oci'));
    const docker = dockerIn(workspaceRoot, signal);
    const image = chooseImage(layout.images, options.platform, await daemonPlatform(docker));
    await loadImage(docker, packImage(layout, image), tags);
    for (const tag of tags) console.log(`Loaded ${tag}  ${image.platform}  ${image.manifest.digest}`);
  });
}
