import type { Bytes, PlatformImage } from '../images/image-json';
import type { SizeKind } from './limits';

/** One kind of size of an image. */
export interface ImageSizes {
  readonly totalBytes: Bytes;
  /** The layers that came with the image that `FROM` names. */
  readonly baseBytes: Bytes;
  /** The layers that the Dockerfile added. */
  readonly appBytes: Bytes;
}

/** The size of an image, with base and app apart. */
export function sizesOf(image: PlatformImage, kind: SizeKind): ImageSizes {
  const totalBytes = bytesOf(image, kind);
  const baseBytes = image.layers
    .filter(({ origin }) => origin === 'base')
    .reduce((sum, layer) => sum + bytesOf(layer, kind), 0);
  return { totalBytes, baseBytes, appBytes: totalBytes - baseBytes };
}

/** One of the two sizes of an image or a layer. */
export function bytesOf(
  { unpackedBytes, compressedBytes }: Pick<PlatformImage, 'unpackedBytes' | 'compressedBytes'>,
  kind: SizeKind,
): Bytes {
  return kind === 'unpacked' ? unpackedBytes : compressedBytes;
}
