import { join } from 'node:path';
import { readLayout } from '@go-docker/oci-image';
import type { ExecutorContext } from '@nx/devkit';
import { judgeSum } from '../../budgets/judge';
import { isBreach } from '../../budgets/judgement';
import type { Limits } from '../../budgets/limits';
import { GoDockerError, isMeantToBeRead } from '../../errors';
import { type ImageJson, readImageOf } from '../../images/image-json';
import { measureFiles } from '../../measuring/measure-image';
import type { MeasuredSum } from '../../measuring/measured-image';
import { paletteFor } from '../../reports/palette';
import { sizeTable } from '../../reports/size-table';
import { type ProjectImage, sumBreachReport } from '../../reports/sum-breach-report';
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
  return runExecutor(async (signal) => {
    const { sum } = readWorkspaceBudgets(context.root, file, budgetProjects(context));
    const built = readAllImages(context);
    const images = await platformImages(built, sum, context.root, signal);
    const platforms = judgeSum(images, sum);
    const measured: MeasuredSum = { version: 1, project: `${built.length} images`, platforms };

    // Written for a breach too: what an earlier run found must not stay behind as if it still held.
    writeJson(join(context.root, outputFile), measured);
    console.log(`\n${sizeTable([measured], paletteFor(process.stdout, process.env))}\n`);
    if (platforms.some(({ judgements }) => judgements.some(isBreach))) {
      throw new GoDockerError(sumBreachReport(images, platforms));
    }
  });
}

interface BuiltImage {
  readonly image: ImageJson;
  /** Below the workspace root. */
  readonly imagePath: string;
}

/** The files of all layers are read only where a limit needs to know them: of many images, that takes a while. */
async function platformImages(
  built: readonly BuiltImage[],
  sum: Limits,
  workspaceRoot: string,
  signal: AbortSignal,
): Promise<readonly ProjectImage[]> {
  const readsFiles = sum.binary !== undefined || sum.assets !== undefined;
  const all: ProjectImage[] = [];
  for (const { image, imagePath } of built) {
    const { project } = image;
    if (readsFiles) {
      const layout = await readLayout(join(workspaceRoot, imagePath, 'oci'));
      const sizes = await measureFiles(image, layout, signal);
      all.push(...image.images.map((each, at) => ({ project, image: each, sizes: sizes[at] })));
    } else {
      all.push(...image.images.map((each) => ({ project, image: each })));
    }
  }
  return all;
}

/** A sum of some images would be none: every one of them has to be there, and all that are missing are named at once. */
function readAllImages(context: ExecutorContext): readonly BuiltImage[] {
  const images: BuiltImage[] = [];
  const problems: string[] = [];
  for (const { project, imagePath, imageTarget } of imagesOfWorkspace(context)) {
    try {
      images.push({ image: readImageOf(project, context.root, imagePath, imageTarget), imagePath });
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
