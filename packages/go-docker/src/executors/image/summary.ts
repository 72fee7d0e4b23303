import { formatSize } from '../../budgets/sizes';
import type { ImageJson, PlatformImage } from '../../images/image-json';
import { type LayerSizeKind, sizesOf } from '../../measuring/image-sizes';

/**
 * What a person wants to know of an image that was just built. Two lines for each platform.
 *
 * @param imagePath The image's folder, below the workspace root.
 */
export function summary(image: ImageJson, imagePath: string): string {
  return ['', `${image.project} → ${imagePath}`, ...image.images.flatMap(platformLines), ''].join('\n');
}

function platformLines(image: PlatformImage): readonly string[] {
  return [
    `  ${image.platform}  ${image.digest}`,
    `    unpacked ${sizes(image, 'unpacked')}, compressed ${sizes(image, 'compressed')}`,
  ];
}

function sizes(image: PlatformImage, kind: LayerSizeKind): string {
  const { totalBytes, baseBytes, appBytes } = sizesOf(image)[kind];
  return `${formatSize(totalBytes)} (base ${formatSize(baseBytes)}, app ${formatSize(appBytes)})`;
}
