import { bytesOf } from '../budgets/image-sizes';
import type { Breach } from '../budgets/judge';
import { formatShare, formatSize } from '../budgets/sizes';
import type { ImageJson } from '../images/image-json';
import { howToAllow, MEANING, whereWritten } from './breach-report';

/**
 * What a person reads when the images of a workspace are too large together: by how much, which limit and where it is written,
 * and which images are the biggest.
 */
export function sumBreachReport(images: readonly ImageJson[], breaches: readonly Breach[]): string {
  return breaches.map((breach) => section(images, breach)).join('\n\n');
}

function section(images: readonly ImageJson[], breach: Breach): string {
  const { platform, kind, totalBytes, verdict } = breach;
  const { limit, overBytes } = verdict;
  const over = `${formatSize(overBytes)} (${formatShare(overBytes, limit.bytes)})`;
  return [
    `the images for ${platform} are together ${over} over their budget: ${formatSize(totalBytes)} ${kind}, the limit is ${limit.text}`,
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

function imageLines(images: readonly ImageJson[], { platform, kind, totalBytes }: Breach): readonly string[] {
  const sizes = images
    .flatMap(({ project, images: platforms }) =>
      platforms
        .filter((image) => image.platform === platform)
        .map((image) => ({ project, bytes: bytesOf(image, kind) })),
    )
    .sort((a, b) => b.bytes - a.bytes);
  const lines = sizes.slice(0, SHOWN_IMAGES).map(({ project, bytes }) => {
    const share = formatShare(bytes, totalBytes);
    return `    ${formatSize(bytes).padStart(8)}  ${share.padStart(4)}  ${project}`;
  });
  const hidden = sizes.length - lines.length;
  return hidden > 0 ? [...lines, `    and ${hidden} smaller`] : lines;
}
