import { BUILD_EPOCH } from '@go-docker/oci-image';
import type { ImagePlan } from '../engine';
import { csvField } from './csv-field';

/** Where BuildKit leaves the image: an OCI archive in a file, or the daemon's own image store under a tag. */
export type Destination = Archive | { readonly tag: string };

interface Archive {
  readonly archive: string;
  /** Whether layers are left as they are: they are compressed anew in any case, and are larger on their way here. */
  readonly isPlain?: boolean;
}

/**
 * The arguments of `docker` for one build; the working directory must be the workspace root, which is also the build context.
 * Each value stands in the same argument as its option, so that none of them is ever taken for an option.
 */
export function buildArguments(
  plan: ImagePlan,
  platforms: readonly string[],
  destination: Destination,
  progress: 'plain' | 'tty',
): readonly string[] {
  return [
    'buildx',
    'build',
    ...(plan.builder === undefined ? [] : [`--builder=${plan.builder}`]),
    `--file=${plan.dockerfile}`,
    `--target=${plan.target}`,
    `--platform=${platforms.join(',')}`,
    ...destinationArguments(destination),
    `--progress=${progress}`,
    // An attestation holds the time of the build, and a second manifest that no node runs.
    '--provenance=false',
    '--sbom=false',
    ...repeated('build-arg', assignments({ ...plan.buildArgs, SOURCE_DATE_EPOCH: String(BUILD_EPOCH) })),
    ...repeated('secret', plan.secrets),
    ...repeated('ssh', plan.ssh),
    ...repeated('build-context', assignments(plan.contexts)),
    ...repeated('cache-from', plan.cacheFrom),
    ...repeated('cache-to', plan.cacheTo),
    ...repeated('label', assignments(plan.labels)),
    ...(plan.noCache ? ['--no-cache'] : []),
    ...(plan.pull ? ['--pull'] : []),
    '.',
  ];
}

function destinationArguments(destination: Destination): readonly string[] {
  if ('tag' in destination) return ['--load', `--tag=${destination.tag}`];
  return [`--output=${archiveOutput(destination)}`];
}

/** The output of BuildKit that is an archive. (https://docs.docker.com/build/exporters/oci-docker/) */
export function archiveOutput({ archive, isPlain }: Archive): string {
  const compression = isPlain ? ['compression=uncompressed'] : [];
  return ['type=oci', `dest=${archive}`, ...compression].map(csvField).join(',');
}

function repeated(option: string, values: readonly string[]): readonly string[] {
  return values.map((value) => `--${option}=${value}`);
}

function assignments(values: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(values).map(([name, value]) => `${name}=${value}`);
}

/**
 * The environment of `docker`: ours, without what would bring the time or the commit of the build into the image.
 */
export function buildEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...environment, SOURCE_DATE_EPOCH: undefined, BUILDX_GIT_LABELS: undefined };
}
