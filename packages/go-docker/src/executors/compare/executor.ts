import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { compareImages } from '../../comparison/compare-images';
import { readComparedApp } from '../../comparison/compared-app';
import { type ImageComparison, isBuilt } from '../../comparison/image-comparison';
import { selectEngine } from '../../engines/select-engine';
import { GoDockerError } from '../../errors';
import { projectPath } from '../../images/project-path';
import { withTemporaryFolder } from '../../images/temporary-folder';
import { comparisonChart } from '../../reports/comparison/comparison-chart';
import { comparisonTable } from '../../reports/comparison/comparison-table';
import { paletteFor } from '../../reports/palette';
import { writeJson } from '../../reports/write-json';
import { writeText } from '../../reports/write-text';
import { checkDockerfile, usesCgo } from '../image/check-dockerfile';
import { withModuleCredentials } from '../image/module-credentials';
import { imagePlan } from '../image/plan';
import { runExecutor } from '../run';
import { taskOf } from '../task';
import { imageOptionsOf } from '../workspace-projects';
import type { CompareExecutorOptions } from './options';
import { comparePlan } from './plan';

/** Builds an app on every base, and compares the images. */
export default function compareExecutor(
  options: CompareExecutorOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  return runExecutor(async (signal) => {
    const task = taskOf(context);
    const ofImage = imageOptionsOf(context, task.project);
    const { image, asked, outputPath } = comparePlan(options, task, ofImage);
    // What its blocks let in counts for the platforms of the image; variants have blocks of their own.
    checkDockerfile({ ...image, platforms: imagePlan(ofImage, task).platforms });
    const plan = { ...withModuleCredentials(image), usesCgo: usesCgo(image) };
    const app = readComparedApp(plan);
    const chosen = options.engine ?? ofImage.engine ?? 'auto';
    const { engine, why } = await selectEngine(chosen, plan.builder, task.workspaceRoot, signal);
    console.log(`engine: ${engine.name} (${why})`);
    const comparison = await withTemporaryFolder(join(task.workspaceRoot, outputPath), 'variants', (name) =>
      compareImages(asked, { app, plan, engine, folder: `${outputPath}/${name}`, tell: console.log, signal }),
    );
    report(comparison, task.workspaceRoot, `${outputPath}/${projectPath(task.project)}`);
  });
}

/** @param place Below the workspace root, without an extension. */
function report(comparison: ImageComparison, workspaceRoot: string, place: string): void {
  console.log(`\n${comparisonTable(comparison, paletteFor(process.stdout, process.env))}\n`);
  if (!comparison.variants.some(isBuilt)) {
    throw new GoDockerError(`${comparison.project}: none of these images could be built`, {
      advice: 'see above why; `nx run <project>:image` builds the one that the app has',
    });
  }
  writeText(join(workspaceRoot, `${place}.svg`), comparisonChart(comparison));
  writeJson(join(workspaceRoot, `${place}.json`), comparison);
  console.log(`${place}.svg\n${place}.json\n`);
}
