import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { isBreach, judgeSum } from '../../budgets/judge';
import { GoDockerError, isMeantToBeRead } from '../../errors';
import { type ImageJson, readImageJson } from '../../images/image-json';
import { paletteFor } from '../../reports/palette';
import { type ProjectSizes, sizeTable } from '../../reports/size-table';
import { sumBreachReport } from '../../reports/sum-breach-report';
import { writeJson } from '../../reports/write-json';
import { runExecutor } from '../run';
import { readWorkspaceBudgets } from '../workspace-budgets';
import { budgetProjects, imagesOfWorkspace } from '../workspace-projects';

export interface SumExecutorOptions {
  /** The budget file, below the workspace root. */
  readonly budgets?: string;
  /** Where the verdicts are written, below the workspace root. */
  readonly outputFile?: string;
}

/** Adds up the images of the whole workspace and holds them to their sum. */
export default function sumExecutor(
  { budgets: file, outputFile = 'dist/image-sum.json' }: SumExecutorOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  return runExecutor(async () => {
    const { sum } = readWorkspaceBudgets(context.root, file, budgetProjects(context));
    const images = readAllImages(context);
    const measured: ProjectSizes = { project: `${images.length} images`, sizes: judgeSum(images, sum) };

    // Written for a breach too: what an earlier run found must not stay behind as if it still held.
    writeJson(join(context.root, outputFile), measured);
    console.log(`\n${sizeTable([measured], paletteFor(process.stdout, process.env))}\n`);
    const breaches = measured.sizes.filter(isBreach);
    if (breaches.length > 0) throw new GoDockerError(sumBreachReport(images, breaches));
  });
}

/** A sum of some images would be none: every one of them has to be there, and all that are missing are named at once. */
function readAllImages(context: ExecutorContext): readonly ImageJson[] {
  const images: ImageJson[] = [];
  const problems: string[] = [];
  for (const { imagePath, imageTarget } of imagesOfWorkspace(context)) {
    try {
      images.push(readImageJson(context.root, imagePath, imageTarget));
    } catch (error) {
      if (!isMeantToBeRead(error)) throw error;
      problems.push(error.message);
    }
  }
  if (problems.length > 0) throw new GoDockerError(problems.join('\n'));
  if (images.length === 0) {
    throw new GoDockerError('the workspace has no images to add up', { advice: 'run nx g go-docker:setup' });
  }
  return images;
}
