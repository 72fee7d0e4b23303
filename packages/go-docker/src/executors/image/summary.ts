import { formatSize } from '../../budgets/sizes';
import type { ImageJson, ImageLayer, PlatformImage } from '../../images/image-json';

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
    `    unpacked ${sizes(image, 'unpackedBytes')}, compressed ${sizes(image, 'compressedBytes')}`,
  ];
}

function sizes(image: PlatformImage, measure: 'unpackedBytes' | 'compressedBytes'): string {
  const from = (origin: ImageLayer['origin']) =>
    image.layers.filter((layer) => layer.origin === origin).reduce((sum, layer) => sum + layer[measure], 0);
  return `${formatSize(image[measure])} (base ${formatSize(from('base'))}, app ${formatSize(from('app'))})`;
}
