import { addSizes, amountOf, sizesOf } from '../measuring/image-sizes';
import type { PlatformSizes, SizedPlatform } from '../measuring/measured-image';
import type { PlatformImage } from '../images/image-json';
import type { AmountJudgement, GrowthJudgement, Judgement, Verdict } from './judgement';
import { type GrowthLimit, type Limit, LIMIT_KINDS, type Limits, SIZE_KINDS, type SizeKind } from './limits';

/**
 * Holds one platform's image to the limits: a judgement for each kind that was measured, and one for each size whose growth is
 * limited. An image that is exactly as large as its limit is within it.
 *
 * @param was What the sizes were, where there is something to compare with.
 */
export function judge(
  platform: string,
  sizes: PlatformSizes,
  limits: Limits,
  was?: PlatformSizes,
): readonly Judgement[] {
  const amounts = LIMIT_KINDS.flatMap((kind): AmountJudgement[] => {
    const amount = amountOf(sizes, kind);
    return amount === undefined
      ? []
      : [{ platform, kind, amount, verdict: verdictOnAmount(amount, limits[kind]) }];
  });
  const growths = SIZE_KINDS.flatMap((of): GrowthJudgement[] => {
    const limit = limits.growth?.[of];
    return limit ? [judgeGrowth(platform, of, limit, sizes, was)] : [];
  });
  return [...amounts, ...growths];
}

/** The sizes of one platform's image of some project. */
export interface SizedImage {
  readonly image: PlatformImage;
  /** With the sizes of its files, where they were looked at. */
  readonly sizes?: PlatformSizes;
}

/**
 * Holds the images of several projects together to limits, one platform at a time: a node has one platform and pulls only the
 * images for it. Every image counts whole, a base that several of them share as often as it occurs. The number of layers has no sum.
 */
export function judgeSum(images: readonly SizedImage[], limits: Limits): readonly SizedPlatform[] {
  const platforms = [...new Set(images.map(({ image }) => image.platform))].sort();
  return platforms.map((platform) => {
    const sizes = images
      .filter(({ image }) => image.platform === platform)
      .map((sized) => sized.sizes ?? sizesOf(sized.image))
      .reduce(addSizes);
    const judgements = judge(platform, sizes, limits).filter(({ kind }) => kind !== 'layers');
    return { platform, sizes, judgements };
  });
}

function judgeGrowth(
  platform: string,
  of: SizeKind,
  limit: GrowthLimit,
  sizes: PlatformSizes,
  was: PlatformSizes | undefined,
): GrowthJudgement {
  const [now, then] = [amountOf(sizes, of), was && amountOf(was, of)];
  if (now === undefined || then === undefined)
    return { platform, kind: 'growth', of, verdict: { outcome: 'incomparable', limit } };
  const amount = now - then;
  return {
    platform,
    kind: 'growth',
    of,
    amount,
    verdict: verdictOn(amount, limit, allowedGrowth(limit, then)),
  };
}

/** In bytes; the floor keeps a share of something small from being nothing. */
function allowedGrowth({ most, floor }: GrowthLimit, then: number): number {
  return Math.max(floor, 'share' in most ? wholeBytes(then * most.share) : most.bytes);
}

/** Rounded down, but not from a whole number that the product of two doubles has just missed: 29 % of 100 MB is 29 MB. */
function wholeBytes(bytes: number): number {
  return Math.floor(bytes * (1 + 4 * Number.EPSILON));
}

function verdictOnAmount(amount: number, limit: Limit | undefined): Verdict<Limit> {
  return limit ? verdictOn(amount, limit, limit.most) : { outcome: 'unlimited' };
}

function verdictOn<L extends Limit | GrowthLimit>(amount: number, limit: L, allowed: number): Verdict<L> {
  return amount > allowed
    ? { outcome: 'over', limit, allowed, over: amount - allowed }
    : { outcome: 'within', limit, allowed, spare: allowed - amount };
}
