import { judge } from '../src/budgets/judge';
import type { Limits } from '../src/budgets/limits';
import type { ImageLayer } from '../src/images/image-json';
import { type FileBytes, sizesOf } from '../src/measuring/image-sizes';
import type { Comparison, MeasuredImage, MeasuredPlatform } from '../src/measuring/measured-image';

/** A layer whose digests are a digit, repeated. */
export function layer(
  digit: string,
  origin: ImageLayer['origin'],
  unpackedBytes: number,
  compressedBytes: number,
): ImageLayer {
  const digest = `sha256:${digit.repeat(64)}` as const;
  return { diffId: digest, digest, origin, unpackedBytes, compressedBytes };
}

export interface PlatformOptions extends Partial<
  Pick<MeasuredPlatform, 'platform' | 'programs' | 'files' | 'layers'>
> {
  readonly limits?: Limits;
  readonly fileBytes?: FileBytes;
  readonly comparison?: Comparison;
}

/** By default 2.14 MB of base and 5.55 MB of app: 7.69 MB unpacked, 2.90 MB compressed. */
export function measuredPlatform(options: PlatformOptions = {}): MeasuredPlatform {
  const {
    platform = 'linux/amd64',
    layers = [layer('b', 'base', 2_140_000, 800_000), layer('a', 'app', 5_550_000, 2_100_000)],
    fileBytes = { binaryBytes: 5_500_000, assetsBytes: 40_000 },
    comparison = { state: 'untracked' },
    limits = {},
    programs = [],
    files = [],
  } = options;
  const digest = `sha256:${'f'.repeat(64)}` as const;
  const sum = (of: (each: ImageLayer) => number) => layers.reduce((bytes, each) => bytes + of(each), 0);
  const image = {
    ...{ platform, digest, layers },
    unpackedBytes: sum((each) => each.unpackedBytes),
    compressedBytes: sum((each) => each.compressedBytes),
  };
  const sizes = sizesOf(image, fileBytes);
  const was = comparison.state === 'compared' ? comparison.was : undefined;
  return {
    ...{ platform, digest, layers, sizes, programs, files, comparison },
    otherFiles: { count: 0, bytes: 0 },
    judgements: judge(platform, sizes, limits, was),
  };
}

export function measuredImage(
  platforms: readonly MeasuredPlatform[] = [measuredPlatform()],
  ref?: string,
): MeasuredImage {
  return {
    version: 1,
    project: 'api',
    baseline: { file: 'apps/api/image-size.json', ...(ref !== undefined && { ref }), isThere: true },
    platforms,
  };
}
