import type { Bytes, ImageJson } from '../images/image-json';
import { type ImageSizes, sizesOf } from './image-sizes';
import { type Limit, type Limits, SIZE_KINDS, type SizeKind } from './limits';

/** One kind of size of one platform's image, and what its limit says to it. */
export interface Judgement extends ImageSizes {
  readonly platform: string;
  readonly kind: SizeKind;
  readonly verdict: Verdict;
}

export type Verdict =
  | { readonly outcome: 'unlimited' }
  | { readonly outcome: 'within'; readonly limit: Limit; readonly spareBytes: Bytes }
  | { readonly outcome: 'over'; readonly limit: Limit; readonly overBytes: Bytes };

/** A judgement that went against the image. */
export type Breach = Judgement & { readonly verdict: Extract<Verdict, { outcome: 'over' }> };

/** Holds every platform's image to the same limits. An image that is exactly as large as its limit is within it. */
export function judgeImage(image: ImageJson, limits: Limits): readonly Judgement[] {
  return image.images.flatMap((platformImage) =>
    SIZE_KINDS.map((kind) => judge(platformImage.platform, kind, sizesOf(platformImage, kind), limits[kind])),
  );
}

/**
 * Holds the images of several projects together to limits, one platform at a time: a node has one platform and pulls only the
 * images for it. Every image counts whole, a base that several of them share as often as it occurs.
 */
export function judgeSum(images: readonly ImageJson[], limits: Limits): readonly Judgement[] {
  const platformImages = images.flatMap((image) => image.images);
  const platforms = [...new Set(platformImages.map(({ platform }) => platform))].sort();
  return platforms.flatMap((platform) => {
    const ofPlatform = platformImages.filter((image) => image.platform === platform);
    return SIZE_KINDS.map((kind) => {
      const sizes = ofPlatform.map((image) => sizesOf(image, kind)).reduce(addSizes);
      return judge(platform, kind, sizes, limits[kind]);
    });
  });
}

export function isBreach(judgement: Judgement): judgement is Breach {
  return judgement.verdict.outcome === 'over';
}

function judge(platform: string, kind: SizeKind, sizes: ImageSizes, limit: Limit | undefined): Judgement {
  return { platform, kind, ...sizes, verdict: verdictOn(sizes.totalBytes, limit) };
}

function verdictOn(bytes: Bytes, limit: Limit | undefined): Verdict {
  if (!limit) return { outcome: 'unlimited' };
  if (bytes > limit.bytes) return { outcome: 'over', limit, overBytes: bytes - limit.bytes };
  return { outcome: 'within', limit, spareBytes: limit.bytes - bytes };
}

function addSizes(a: ImageSizes, b: ImageSizes): ImageSizes {
  return {
    totalBytes: a.totalBytes + b.totalBytes,
    baseBytes: a.baseBytes + b.baseBytes,
    appBytes: a.appBytes + b.appBytes,
  };
}
