import type { TargetConfiguration } from '@nx/devkit';
import type { EngineName } from '../engines/engine';
import { BASELINE_VARIABLE } from '../growth/baseline-variable';
import type { Input } from './inputs/image-inputs';
import type { TargetNames } from './plugin-options';

/** What the targets of one app are made from. */
export interface ImageFacts {
  /** Name of the Nx project, for the texts; `{projectName}` where Nx gives the name. */
  readonly project: string;
  /** The project's name as a path: see `projectPath`. */
  readonly outputName: string;
  /** Below the workspace root. */
  readonly dockerfile: string;
  readonly inputs: readonly Input[];
  /** What the target is made from that tells which module versions are linked; undefined: all their files are among `inputs`. */
  readonly modules?: {
    readonly inputs: readonly Input[];
    /** Import paths that other modules than the workspace's own serve. */
    readonly imports: readonly string[];
  };
  /** Whether another target makes files of the image, so that its outputs decide what the image is. */
  readonly isGenerated?: boolean;
  /** Why the inputs are not known exactly. Then nothing is cached: the executor says what is wrong. */
  readonly problem?: string;
  /** What builds the image; undefined: what is there. */
  readonly engine?: EngineName;
  /** Whether the app can be run while it is worked on: a `dev` stage, and settings of air. */
  readonly hasDev: boolean;
}

type Targets = Record<string, TargetConfiguration>;

/** The targets of an app with a Dockerfile, by the names that the plugin's options give them. */
export function imageTargets(facts: ImageFacts, names: TargetNames): Targets {
  const { imageTargetName: image, imageSizeTargetName: size } = names;
  const { imageLoadTargetName: load, imagePushTargetName: push, imageCompareTargetName: compare } = names;
  const dev = facts.hasDev && names.devTargetName !== false ? devTarget(facts, names.devTargetName) : {};
  if (image === false) return dev;
  const modules = facts.modules && names.imageModulesTargetName;
  return {
    [image]: imageTarget(facts, image, modules || undefined),
    ...(modules ? { [modules]: modulesTarget(facts, modules) } : {}),
    ...(size === false ? {} : { [size]: sizeTarget(facts, image, size) }),
    ...(compare === false ? {} : { [compare]: compareTarget(facts, image, compare) }),
    ...(load === false ? {} : { [load]: loadTarget(facts, image, load) }),
    ...(push === false ? {} : { [push]: pushTarget(facts, image, push) }),
    ...dev,
  };
}

const TECHNOLOGIES = ['go', 'docker'];

/** npm's packages decide nothing about an image; without this, Nx rebuilds every image when one of them changes. */
const NO_PACKAGES = { externalDependencies: [] };

/** Nx runs it before the target, but not in CI, where the executor itself refuses managed blocks that are out of date. */
export const SYNC = 'go-docker:sync';

/** What the targets that this one depends on have made: Nx hashes no file that Git ignores. */
const GENERATED = { dependentTasksOutputFiles: '**/*', transitive: true };

/** What the target that tells of the linked modules has written, wherever that is. */
const LINKED_MODULES = { dependentTasksOutputFiles: '**/*' };

function imageTarget(
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
      technologies: TECHNOLOGIES,
      help: help(project, name, { platforms: ['linux/amd64', 'linux/arm64'] }),
    },
  };
}

function modulesTarget(
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
      technologies: TECHNOLOGIES,
      help: help(project, name, {}),
    },
  };
}

function sizeTarget({ outputName, project }: ImageFacts, image: string, name: string): TargetConfiguration {
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
      technologies: TECHNOLOGIES,
      help: help(project, name, { budget: '15 MB' }),
    },
  };
}

function compareTarget(
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
      technologies: TECHNOLOGIES,
      help: help(project, name, { bases: ['scratch', 'alpine'] }),
    },
  };
}

function loadTarget({ outputName, project }: ImageFacts, image: string, name: string): TargetConfiguration {
  return {
    executor: 'go-docker:load',
    dependsOn: [image],
    options: { imagePath: `dist/images/${outputName}` },
    metadata: {
      description: 'Loads the image into the local Docker',
      technologies: TECHNOLOGIES,
      help: help(project, name, { tags: ['shop/api:dev'] }),
    },
  };
}

function pushTarget({ outputName, project }: ImageFacts, image: string, name: string): TargetConfiguration {
  return {
    // Never cached: on a hit nothing would reach the registry.
    executor: 'go-docker:push',
    dependsOn: [image],
    options: { imagePath: `dist/images/${outputName}`, digestFile: `dist/image-digests/${outputName}.txt` },
    metadata: {
      description: 'Pushes the image to a registry, with an SBOM and a provenance beside it',
      technologies: TECHNOLOGIES,
      help: help(project, name, {
        repository: 'registry.example.com/shop/{projectName}',
        tags: ['{version}'],
      }),
    },
  };
}

function devTarget({ project }: ImageFacts, name: string): Targets {
  // Nx 24 lets tasks that depend on it wait for this line; older ones do not look at it.
  const target: TargetConfiguration & { readyWhen: { logMatches: string } } = {
    executor: 'go-docker:dev',
    syncGenerators: [SYNC],
    // Others that depend on it run beside it, not after it.
    continuous: true,
    cache: false,
    readyWhen: { logMatches: `${project} is ready` },
    metadata: {
      description: 'Runs the app, and builds and restarts it whenever its sources change',
      technologies: TECHNOLOGIES,
      help: help(project, name, { engine: 'native' }),
    },
  };
  return { [name]: target };
}

function help(
  project: string,
  target: string,
  options: Record<string, unknown>,
): { command: string; example: { options: Record<string, unknown> } } {
  return { command: `npx nx run ${project}:${target} --help`, example: { options } };
}
