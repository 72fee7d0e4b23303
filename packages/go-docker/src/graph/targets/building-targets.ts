import type { TargetConfiguration } from '@nx/devkit';
import type { ImageFacts } from './image-facts';
import { help, NO_PACKAGES, SYNC, technologies } from './target-parts';

/** What the targets that this one depends on have made: Nx hashes no file that Git ignores. */
const GENERATED = { dependentTasksOutputFiles: '**/*', transitive: true };

/** What the target that tells of the linked modules has written, wherever that is. */
const LINKED_MODULES = { dependentTasksOutputFiles: '**/*' };

/** The target that builds the image. */
export function imageTarget(
  { dockerfile, engine, inputs, isGenerated, outputName, problem, project }: ImageFacts,
  name: string,
  modules: string | undefined,
): TargetConfiguration {
  return {
    executor: 'go-docker:image',
    cache: problem === undefined,
    syncGenerators: [SYNC],
    ...(modules !== undefined && { dependsOn: [modules] }),
    inputs: [
      ...inputs,
      ...(modules === undefined ? [] : [LINKED_MODULES]),
      ...(isGenerated ? [GENERATED] : []),
      NO_PACKAGES,
    ],
    // Follows the option, so that a user who moves the image moves what is cached.
    outputs: ['{options.outputPath}'],
    options: {
      dockerfile,
      target: 'runner',
      // A constant, never the host's: Nx's hash does not know which machine it is on.
      platforms: ['linux/amd64'],
      outputPath: `dist/images/${outputName}`,
      // Where nothing is said the hash stays what it is: all engines give the same image.
      ...(engine !== undefined && { engine }),
    },
    metadata: {
      description: problem ?? `Builds the runner stage of ${dockerfile} into an OCI image layout`,
      technologies: technologies(),
      help: help(project, name, { platforms: ['linux/amd64', 'linux/arm64'] }),
    },
  };
}

/** The target that tells which modules the image links. */
export function modulesTarget(
  { dockerfile, modules, outputName, problem, project }: ImageFacts,
  name: string,
): TargetConfiguration {
  return {
    executor: 'go-docker:modules',
    cache: problem === undefined,
    inputs: [...(modules?.inputs ?? []), NO_PACKAGES],
    outputs: ['{options.outputFile}'],
    // The imports are here because Nx hashes options: another import may bring in another module, without a change of go.mod.
    options: {
      dockerfile,
      imports: modules?.imports ?? [],
      outputFile: `dist/image-modules/${outputName}.json`,
    },
    metadata: {
      description: 'Tells which versions of external Go modules the image links',
      technologies: technologies(),
      help: help(project, name, {}),
    },
  };
}
