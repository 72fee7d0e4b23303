import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { type MeasuredAdvice, measuredAdvice } from '../../advice/measured-advice';
import { readComparedApp } from '../../comparison/compared-app';
import { selectEngine } from '../../engines/select-engine';
import { withTemporaryFolder } from '../../images/temporary-folder';
import { checkDockerfile, usesCgo } from '../image/check-dockerfile';
import { withModuleCredentials } from '../image/module-credentials';
import { imagePlan } from '../image/plan';
import type { Task } from '../task';
import { imageOptionsOf } from '../workspace-projects';

/** Where alternatives lie while they are built; nothing of them stays. */
const FOLDER = 'dist/image-sizes';

/** Builds what could make the image of a project smaller, for one platform. */
export async function advise(
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
