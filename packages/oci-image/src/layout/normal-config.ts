import type { Digest } from '../image';
import type { ImageConfig } from '../image-config';
import { isOfBuild } from './layer-origins';

/** The time that stands in for the time of the build. */
const ZERO_TIME = '1970-01-01T00:00:00Z';

/** What the specification knows; the rest is what one image store notes for itself, such as `docker_version`. */
const KEPT = ['author', 'architecture', 'os', 'os.version', 'os.features', 'variant'] as const;

/**
 * @param buildEpoch The `SOURCE_DATE_EPOCH` of the build, in seconds.
 * @param diffIds Of the layers as they are written.
 * @returns The config without anything that tells when, where and by which image store it was built.
 */
export function normalizeConfig(
  config: ImageConfig,
  buildEpoch: number,
  diffIds: readonly Digest[],
): Record<string, unknown> {
  return {
    ...Object.fromEntries(KEPT.map((key) => [key, config[key]])),
    created: ZERO_TIME,
    config: withoutEmpty(config.config ?? {}),
    rootfs: { type: 'layers', diff_ids: diffIds },
    history: (config.history ?? []).map((entry) =>
      isOfBuild(entry, buildEpoch) ? { ...entry, created: ZERO_TIME } : entry,
    ),
  };
}

/** One image store writes `"Cmd":null` and `"User":""` where another writes nothing; both mean the same. */
function withoutEmpty(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(config).filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === null || value === undefined || value === '' || value === false;
}
