import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { selectEngine } from '../../engines/select-engine';
import { writeImageJson } from '../../images/image-json';
import { replaceImage } from '../../images/replace-image';
import { runExecutor } from '../run';
import { taskOf } from '../task';
import { checkDockerfile, usesCgo } from './check-dockerfile';
import { withModuleCredentials } from './module-credentials';
import type { ImageExecutorOptions } from './options';
import { imagePlan } from './plan';
import { summary } from './summary';

/** Builds a stage of an app's Dockerfile into `oci/` and `image.json` of the image's folder. */
export default function imageExecutor(
  options: ImageExecutorOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  return runExecutor(async (signal) => {
    const asked = imagePlan(options, taskOf(context), process.env);
    checkDockerfile(asked);
    const plan = { ...withModuleCredentials(asked), usesCgo: usesCgo(asked) };
    const { workspaceRoot, builder } = plan;
    const { engine, why } = await selectEngine(options.engine ?? 'auto', builder, workspaceRoot, signal);
    if (plan.progress !== 'quiet') console.log(`engine: ${engine.name} (${why})`);
    const image = await replaceImage(join(plan.workspaceRoot, plan.outputPath), async (directory) => {
      const images = await engine.build(plan, directory, signal);
      const image = { project: plan.project, images };
      writeImageJson(directory, image);
      return image;
    });
    console.log(summary(image, plan.outputPath));
  });
}
