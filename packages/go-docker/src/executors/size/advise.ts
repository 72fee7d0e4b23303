import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { type MeasuredAdvice, measuredAdvice } from '../../advice/measured-advice';
import { readComparedApp } from '../../comparison/compared-app';
import { selectEngine } from '../../engines/select-engine';
import { withTemporaryFolder } from '../../images/temporary-folder';
import type { ImageContents } from '../../measuring/measure-image';
import { adviceTable } from '../../reports/advice-table';
import { paletteFor } from '../../reports/palette';
import { checkDockerfile, usesCgo } from '../image/check-dockerfile';
import { withModuleCredentials } from '../image/module-credentials';
import { imagePlan } from '../image/plan';
import type { Task } from '../task';
import { imageOptionsOf } from '../workspace-projects';

/** Where alternatives lie while they are built; nothing of them stays. */
const FOLDER = 'dist/image-sizes';

/**
 * Builds what could make the image of a project smaller, and prints what that saves, for one platform after the other.
 *
 * @throws GoDockerError where nothing of it can be built; the signal's reason.
 */
export async function tellAdvice(
  task: Task,
  context: ExecutorContext,
  contents: readonly ImageContents[],
  signal: AbortSignal,
): Promise<void> {
  const palette = paletteFor(process.stdout, process.env);
  for (const { platform, sizes, files } of contents) {
    if (contents.length > 1) console.log(`${palette.bold(`${task.project} on ${platform}`)}\n`);
    const advice = await advise(task, context, platform, signal);
    console.log(`${adviceTable(advice, sizes, files, palette)}\n`);
  }
}

async function advise(
  task: Task,
  context: ExecutorContext,
  platform: string,
  signal: AbortSignal,
): Promise<readonly MeasuredAdvice[]> {
  const ofImage = imageOptionsOf(context, task.project);
  const image = imagePlan({ ...ofImage, platforms: [platform], cacheTo: [], progress: 'quiet' }, task);
  checkDockerfile(image);
  const plan = { ...withModuleCredentials(image), usesCgo: usesCgo(image) };
  const app = readComparedApp(plan);
  const { workspaceRoot } = task;
  const { engine } = await selectEngine(ofImage.engine ?? 'auto', plan.builder, workspaceRoot, signal);
  return withTemporaryFolder(join(workspaceRoot, FOLDER), 'variants', (name) =>
    measuredAdvice({ app, plan, engine, folder: `${FOLDER}/${name}`, tell: console.log, signal }),
  );
}
