import { BUILD_EPOCH, type HistoryEntry, type ImageConfig } from '@go-docker/oci-image';

/** What a stage says of the image that it would become, besides its files. */
export interface StageImage {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
  readonly author?: string;
  /** What a container of it runs, by the names of the OCI specification. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly history: readonly HistoryEntry[];
}

/** The variables of a container that no image says otherwise. */
export const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The image of `FROM scratch`. @param platform `linux/arm/v7`. */
export function emptyImage(platform: string): StageImage {
  const [os = '', architecture = '', variant] = platform.split('/');
  return {
    ...{ os, architecture },
    ...(variant !== undefined && { variant }),
    config: { Env: [`PATH=${DEFAULT_PATH}`], WorkingDir: '/' },
    history: [],
  };
}

export function imageOfConfig(base: ImageConfig): StageImage {
  const { os, architecture, variant, config = {}, history = [] } = base;
  const env = textsOf(config['Env']);
  const hasPath = env.some((each) => each.startsWith('PATH='));
  const author = base['author'];
  return {
    ...{ os, architecture, history },
    ...(variant !== undefined && { variant }),
    ...(typeof author === 'string' && { author }),
    config: { ...config, Env: hasPath ? env : [...env, `PATH=${DEFAULT_PATH}`] },
  };
}

/**
 * The image with one more step of its Dockerfile.
 *
 * @param step As BuildKit notes it: `USER 65532:65532`.
 * @param hasLayer Whether it made a layer, even one without files.
 */
export function noted(
  image: StageImage,
  step: string,
  config: Readonly<Record<string, unknown>> = {},
  hasLayer = false,
): StageImage {
  const entry: HistoryEntry = {
    created: new Date(BUILD_EPOCH * 1000).toISOString(),
    created_by: step,
    comment: 'buildkit.dockerfile.v0',
    ...(!hasLayer && { empty_layer: true }),
  };
  return { ...image, config: { ...image.config, ...config }, history: [...image.history, entry] };
}

/** A list of texts in a config; empty where there is none. */
export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** A text in a config; empty where there is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** An object in a config; empty where there is none. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
