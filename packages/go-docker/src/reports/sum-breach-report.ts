import type { SizedImage } from '../budgets/judge';
import { type AmountBreach, isBreach } from '../budgets/judgement';
import { formatShare, formatSize } from '../budgets/sizes';
import { amountOf, sizesOf } from '../measuring/image-sizes';
import type { SizedPlatform } from '../measuring/measured-image';
import { MEANING } from './breach-report';
import { howToAllow } from './raised-limit';
import { whereWritten } from './where-written';

/** The image of a project for one platform. */
export interface ProjectImage extends SizedImage {
  readonly project: string;
}

/**
 * What a person reads when the images of a workspace are too large together: by how much, which limit and where it is written,
 * and which images are the biggest.
 */
export function sumBreachReport(
  images: readonly ProjectImage[],
  platforms: readonly SizedPlatform[],
): string {
  return platforms
    .flatMap(({ judgements }) => judgements.filter(isBreach))
    .flatMap((breach) => (breach.kind === 'growth' ? [] : [section(images, breach)]))
    .join('\n\n');
}

function section(images: readonly ProjectImage[], breach: AmountBreach): string {
  const { platform, kind, amount, verdict } = breach;
  const { limit, over, allowed } = verdict;
  return [
    `the images for ${platform} are together ${formatSize(over)} (${formatShare(over, allowed)}) over their budget: ${formatSize(amount)} ${kind}, the limit is ${limit.text}`,
    `  ${kind}: ${MEANING[kind]}`,
    `  limit: ${limit.text}, ${whereWritten(limit)}`,
    '',
    '  The images, biggest first:',
    ...imageLines(images, breach),
    '',
    `  To allow more on purpose: ${howToAllow(breach, 'sum')}`,
  ].join('\n');
}

const SHOWN_IMAGES = 10;

function imageLines(
  images: readonly ProjectImage[],
  { platform, kind, amount }: AmountBreach,
): readonly string[] {
  const sizes = images
    .filter(({ image }) => image.platform === platform)
    .map(({ project, image, sizes: known }) => ({
      project,
      bytes: amountOf(known ?? sizesOf(image), kind) ?? 0,
    }))
    .sort((a, b) => b.bytes - a.bytes);
  const lines = sizes.slice(0, SHOWN_IMAGES).map(({ project, bytes }) => {
    const share = formatShare(bytes, amount);
    return `    ${formatSize(bytes).padStart(8)}  ${share.padStart(4)}  ${project}`;
  });
  const hidden = sizes.length - lines.length;
  return hidden > 0 ? [...lines, `    and ${hidden} smaller`] : lines;
}
