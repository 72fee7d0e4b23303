import { formatDifference, formatShare } from '../budgets/sizes';
import type { Bytes } from '../images/image-json';
import { addSizes } from '../measuring/image-sizes';
import type { MeasuredImage, MeasuredPlatform, PlatformSizes } from '../measuring/measured-image';

/** The measured images of a workspace, as `go-docker report --format=json` prints them. No time, host or engine is in it. */
export interface WorkspaceReport {
  /** Of this format. */
  readonly version: 1;
  /** By the names of their projects. */
  readonly images: readonly ReportedImage[];
}

/** What `image-size` found out about an image, and what is committed of it. */
export interface ReportedImage extends MeasuredImage {
  /** What the commits say that changed the project's image-size.json, oldest first. */
  readonly history: readonly PastImage[];
}

/** The sizes of an image as they stood in one commit. */
export interface PastImage {
  readonly commit: string;
  /** When it was committed: ISO 8601, with the zone of the committer. */
  readonly date: string;
  readonly platforms: readonly PastSizes[];
}

export interface PastSizes {
  readonly platform: string;
  readonly unpackedBytes: Bytes;
  readonly compressedBytes: Bytes;
}

/** The report on these images, in the order of their names. */
export function workspaceReport(images: readonly ReportedImage[]): WorkspaceReport {
  const sorted = [...images].sort((one, other) => (one.project < other.project ? -1 : 1));
  return { version: 1, images: sorted };
}

/** The images for one platform together. */
export interface PlatformTotal {
  readonly platform: string;
  readonly images: number;
  /** Every image counts whole, a base that several share as often as it is used. */
  readonly sizes: PlatformSizes;
}

/** The sum for each platform, in the order of their names. */
export function platformTotals({ images }: WorkspaceReport): readonly PlatformTotal[] {
  const totals = new Map<string, PlatformTotal>();
  for (const { platform, sizes } of images.flatMap(({ platforms }) => platforms)) {
    const known = totals.get(platform);
    totals.set(platform, {
      platform,
      images: (known?.images ?? 0) + 1,
      sizes: known ? addSizes(known.sizes, sizes) : sizes,
    });
  }
  return [...totals.values()].sort((one, other) => (one.platform < other.platform ? -1 : 1));
}

/** How the images stand, in numbers of images: one for several platforms counts once. */
export interface Standing {
  readonly images: number;
  readonly over: number;
  readonly isNew: number;
  readonly grown: number;
  readonly smaller: number;
}

export function standingOf({ images }: WorkspaceReport): Standing {
  const count = (is: (platform: MeasuredPlatform) => boolean): number =>
    images.filter(({ platforms }) => platforms.some(is)).length;
  return {
    images: images.length,
    over: count(isOver),
    isNew: count(({ comparison }) => comparison.state === 'new'),
    grown: count((platform) => (changeOf(platform, 'unpacked') ?? 0) > 0),
    smaller: count((platform) => (changeOf(platform, 'unpacked') ?? 0) < 0),
  };
}

export function isOver({ judgements }: Pick<MeasuredPlatform, 'judgements'>): boolean {
  return judgements.some(({ verdict }) => verdict.outcome === 'over');
}

/** Bytes that came to a size since the baseline; undefined where there is nothing to compare with. */
export function changeOf(
  { sizes, comparison }: MeasuredPlatform,
  kind: 'unpacked' | 'compressed',
): Bytes | undefined {
  return comparison.state === 'compared'
    ? sizes[kind].totalBytes - comparison.was[kind].totalBytes
    : undefined;
}

/** Whether it is new, has another version of a module, or a size is another one. What fits into the same blocks of a tar archive changes the compressed size alone. */
export function hasChanged(platform: MeasuredPlatform): boolean {
  const { comparison } = platform;
  if (comparison.state === 'new') return true;
  if (
    comparison.state === 'compared' &&
    comparison.modules.some(({ wasVersion }) => wasVersion !== undefined)
  )
    return true;
  return (['unpacked', 'compressed'] as const).some((kind) => (changeOf(platform, kind) ?? 0) !== 0);
}

/** A change since `was`, with what it is of that: `+1.50 MB (18%)`, `0`. */
export function changeText(
  platform: MeasuredPlatform,
  kind: 'unpacked' | 'compressed',
  was: PlatformSizes,
): string {
  const change = changeOf(platform, kind) ?? 0;
  if (change === 0) return '0';
  const share = formatShare(Math.abs(change), Math.max(1, was[kind].totalBytes));
  return `${formatDifference(change)} (${share})`;
}

export function countText(images: number): string {
  return images === 1 ? '1 image' : `${images} images`;
}

/** A sentence on how the images stand: `12 images, 1 over its budget, 2 grew, 1 new`. */
export function standingText({ images, over, isNew, grown, smaller }: Standing): string {
  const parts = [
    images === 0 ? 'no image was measured' : countText(images),
    ...(over > 0 ? [`${over} over ${over === 1 ? 'its budget' : 'their budgets'}`] : []),
    ...(grown > 0 ? [`${grown} grew`] : []),
    ...(smaller > 0 ? [`${smaller} became smaller`] : []),
    ...(isNew > 0 ? [`${isNew} new`] : []),
  ];
  return parts.join(', ');
}
