import { join } from 'node:path';
import type { GoWorkspace } from '@go-docker/go-workspace';
import type { Companion, Engine, ImagePlan } from '../../engines/engine';
import { prefixed } from '../../engines/prefixed';
import { selectEngine } from '../../engines/select-engine';
import { writeImageJson, type ImageJson } from '../../images/image-json';
import { replaceImage } from '../../images/replace-image';
import type { Task } from '../task';
import { checkDockerfile, usesCgo } from './check-dockerfile';
import { withModuleCredentials } from './module-credentials';
import type { ImageExecutorOptions } from './options';
import { imagePlan } from './plan';
import { summary } from './summary';

/** An image that nothing is known to speak against, and what builds it. */
export interface PreparedImage {
  readonly plan: ImagePlan;
  readonly engine: Engine;
}

/** What an image has of others that are built at the same time. */
export interface Together extends Pick<ImagePlan, 'linePrefix'> {
  /** The Go workspace, read once for all. */
  readonly workspace?: () => GoWorkspace;
  readonly select?: typeof selectEngine;
}

/**
 * Makes sure, before anything is built, that a task can be done, and says what builds its image.
 *
 * @throws GoDockerError with what is wrong, and what to do.
 */
export async function prepareImage(
  options: ImageExecutorOptions,
  task: Task,
  signal: AbortSignal,
  { linePrefix, workspace, select = selectEngine }: Together = {},
): Promise<PreparedImage> {
  const asked = imagePlan(options, task, process.env);
  checkDockerfile(asked, workspace);
  const plan = { ...withModuleCredentials(asked), usesCgo: usesCgo(asked), linePrefix };
  const { workspaceRoot, builder } = plan;
  const { engine, why } = await select(options.engine ?? 'auto', builder, workspaceRoot, signal);
  if (plan.progress !== 'quiet') say(`engine: ${engine.name} (${why})`, plan);
  return { plan, engine };
}

/** Builds an image into its folder, in place of the one before, and says what it is. @throws GoDockerError where it fails. */
export async function buildImage(
  plan: ImagePlan,
  engine: Pick<Companion, 'build'>,
  signal: AbortSignal,
): Promise<ImageJson> {
  const image = await replaceImage(join(plan.workspaceRoot, plan.outputPath), async (directory) => {
    const images = await engine.build(plan, directory, signal);
    const image = { project: plan.project, images };
    writeImageJson(directory, image);
    return image;
  });
  say(summary(image, plan.outputPath), plan);
  return image;
}

function say(text: string, { linePrefix }: ImagePlan): void {
  console.log(linePrefix === undefined ? text : prefixed(text.trim(), linePrefix));
}
