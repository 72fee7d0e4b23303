import type { ExecutorContext } from '@nx/devkit';
import { runExecutor } from '../run';
import { taskOf } from '../task';
import { buildImage, prepareImage } from './build-image';
import type { ImageExecutorOptions } from './options';

/** Builds a stage of an app's Dockerfile into `oci/` and `image.json` of the image's folder. */
export default function imageExecutor(
  options: ImageExecutorOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  return runExecutor(async (signal) => {
    const { plan, engine } = await prepareImage(options, taskOf(context), signal);
    await buildImage(plan, engine, signal);
  });
}
