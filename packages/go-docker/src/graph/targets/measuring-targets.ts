import type { TargetConfiguration } from '@nx/devkit';
import { BASELINE_VARIABLE } from '../../growth/baseline-variable';
import type { ImageFacts } from './image-facts';
import { help, NO_PACKAGES, SYNC, technologies } from './target-parts';

/** The target that measures the image. */
export function sizeTarget(
  { outputName, project }: ImageFacts,
  image: string,
  name: string,
): TargetConfiguration {
  return {
    executor: 'go-docker:size',
    cache: true,
    dependsOn: [image],
    inputs: [
      { dependentTasksOutputFiles: '**/image.json' },
      '{workspaceRoot}/image-budgets.json',
      '{projectRoot}/image-size.json',
      { env: BASELINE_VARIABLE },
      NO_PACKAGES,
    ],
    outputs: ['{options.outputFile}'],
    options: { imagePath: `dist/images/${outputName}`, outputFile: `dist/image-sizes/${outputName}.json` },
    metadata: {
      description:
        'Measures the image, says what changed since its committed image-size.json, and holds it to its budget in image-budgets.json',
      technologies: technologies(),
      help: help(project, name, { budget: '15 MB' }),
    },
  };
}

/** The target that compares the app on every base. */
export function compareTarget(
  { dockerfile, isGenerated, project }: ImageFacts,
  image: string,
  name: string,
): TargetConfiguration {
  return {
    // Never cached: what it measures is also this machine, and it is asked for by a person.
    executor: 'go-docker:compare',
    // What runs beside it would be in the figures of a start.
    parallelism: false,
    syncGenerators: [SYNC],
    // What others make for the image is made for it.
    ...(isGenerated && { dependsOn: [image] }),
    options: { dockerfile, outputPath: 'dist/image-compare' },
    metadata: {
      description: 'Builds the app on every base, with and without its symbols, and compares the images',
      technologies: technologies(),
      help: help(project, name, { bases: ['scratch', 'alpine'] }),
    },
  };
}
