import { assertSafePath } from '../../apps/safe-name';
import type { Asked } from '../../comparison/compare-images';
import { comparedBases } from '../../comparison/variants';
import type { ImagePlan } from '../../engines/engine';
import { isMeantToBeRead } from '../../errors';
import { meantPlatform, platformOf } from '../../images/platform';
import { isBelowRoot, plainPath } from '../../images/workspace-path';
import type { ImageExecutorOptions } from '../image/options';
import { imagePlan, unusableOptions } from '../image/plan';
import type { Task } from '../task';
import type { CompareExecutorOptions } from './options';

/** What is to be compared, with every default filled in. */
export interface ComparePlan {
  /** The app's own image, which the others are variants of. */
  readonly image: ImagePlan;
  readonly asked: Asked;
  /** Folder below the workspace root. */
  readonly outputPath: string;
}

/**
 * @param ofImage Options of the project's image target: what its build needs theirs needs too.
 * @throws GoDockerError that names every option that cannot be used.
 */
export function comparePlan(
  options: CompareExecutorOptions,
  task: Task,
  ofImage: ImageExecutorOptions,
): ComparePlan {
  const outputPath = plainPath(options.outputPath ?? 'dist/image-compare');
  const problems = [
    ...(options.bases ?? []).flatMap(baseProblems),
    ...(options.bases?.length === 0 ? ['"bases" is empty: name one, such as scratch'] : []),
    ...platformProblems(options.platform),
    ...startsProblems(options.starts),
    ...outputPathProblems(outputPath),
  ];
  if (problems.length > 0) throw unusableOptions(task, problems);
  const bases = options.bases ?? comparedBases;
  return {
    image: imagePlan(imageOptions(options, ofImage), task),
    asked: {
      bases: comparedBases.filter((base) => bases.includes(base)),
      upx: options.upx ?? true,
      starts: options.starts ?? 5,
    },
    outputPath,
  };
}

function imageOptions(options: CompareExecutorOptions, ofImage: ImageExecutorOptions): ImageExecutorOptions {
  return {
    ...ofImage,
    dockerfile: options.dockerfile ?? ofImage.dockerfile,
    builder: options.builder ?? ofImage.builder,
    platforms: [options.platform ?? ofImage.platforms?.[0] ?? 'linux/amd64'],
    progress: options.progress ?? 'quiet',
    // One cache holds one image, and it is not one of these.
    cacheTo: [],
  };
}

function baseProblems(base: string): readonly string[] {
  if (comparedBases.some((known) => known === base)) return [];
  return [`"bases" has "${base}", which is none: write ${comparedBases.join(', ')}`];
}

function platformProblems(platform: string | undefined): readonly string[] {
  if (platform === undefined || platformOf(platform) !== undefined) return [];
  return [
    `"platform" is "${platform}", which no image is made for: did you mean "${meantPlatform(platform)}"?`,
  ];
}

function startsProblems(starts: number | undefined): readonly string[] {
  if (starts === undefined || (Number.isInteger(starts) && starts >= 0 && starts <= 100)) return [];
  return [`"starts" is ${starts}: write a whole number from 0 to 100`];
}

function outputPathProblems(outputPath: string): readonly string[] {
  if (!isBelowRoot(outputPath) || outputPath === '.') {
    return [
      `"outputPath" is "${outputPath}", which is no folder below the workspace root: write dist/image-compare`,
    ];
  }
  try {
    assertSafePath(outputPath, 'folder');
    return [];
  } catch (error) {
    if (!isMeantToBeRead(error)) throw error;
    return [
      `"outputPath" is "${outputPath}", which cannot be used in a Dockerfile: write dist/image-compare`,
    ];
  }
}
