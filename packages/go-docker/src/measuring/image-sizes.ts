import type { LimitKind } from '../budgets/limits';
import type { Bytes, PlatformImage } from '../images/image-json';
import type { ImageSizes, PlatformSizes } from './measured-image';

/** What the files of an image's app layers sum up to. */
export type FileBytes = Required<Pick<PlatformSizes, 'binaryBytes' | 'assetsBytes'>>;

/** The two sizes that a layer has, and an image as the sum of its layers. */
export type LayerSizeKind = 'unpacked' | 'compressed';

/**
 * The sizes of one platform's image.
 *
 * @param files Absent where nobody looked into the layers.
 */
export function sizesOf(image: PlatformImage, files?: FileBytes): PlatformSizes {
  return {
    unpacked: layerSizes(image, 'unpacked'),
    compressed: layerSizes(image, 'compressed'),
    ...(files && { binaryBytes: files.binaryBytes, assetsBytes: files.assetsBytes }),
    layers: image.layers.length,
  };
}

/** Bytes of one kind; of `layers`, their number. `undefined` where it was not measured. */
export function amountOf(sizes: PlatformSizes, kind: LimitKind): number | undefined {
  switch (kind) {
    case 'unpacked':
    case 'compressed':
      return sizes[kind].totalBytes;
    case 'base':
      return sizes.unpacked.baseBytes;
    case 'binary':
      return sizes.binaryBytes;
    case 'assets':
      return sizes.assetsBytes;
    case 'layers':
      return sizes.layers;
  }
}

/** One of the two sizes of an image or a layer. */
export function bytesOf(
  { unpackedBytes, compressedBytes }: Pick<PlatformImage, 'unpackedBytes' | 'compressedBytes'>,
  kind: LayerSizeKind,
): Bytes {
  return kind === 'unpacked' ? unpackedBytes : compressedBytes;
}

/** The sizes of two images together: every image counts whole, a base that both share twice. */
export function addSizes(one: PlatformSizes, other: PlatformSizes): PlatformSizes {
  const binaryBytes = addIfBoth(one.binaryBytes, other.binaryBytes);
  const assetsBytes = addIfBoth(one.assetsBytes, other.assetsBytes);
  return {
    unpacked: addLayerSizes(one.unpacked, other.unpacked),
    compressed: addLayerSizes(one.compressed, other.compressed),
    ...(binaryBytes !== undefined && { binaryBytes }),
    ...(assetsBytes !== undefined && { assetsBytes }),
    layers: one.layers + other.layers,
  };
}

function layerSizes(image: PlatformImage, kind: LayerSizeKind): ImageSizes {
  const totalBytes = bytesOf(image, kind);
  const baseBytes = image.layers
    .filter(({ origin }) => origin === 'base')
    .reduce((sum, layer) => sum + bytesOf(layer, kind), 0);
  return { totalBytes, baseBytes, appBytes: totalBytes - baseBytes };
}

function addLayerSizes(one: ImageSizes, other: ImageSizes): ImageSizes {
  return {
    totalBytes: one.totalBytes + other.totalBytes,
    baseBytes: one.baseBytes + other.baseBytes,
    appBytes: one.appBytes + other.appBytes,
  };
}

function addIfBoth(one: Bytes | undefined, other: Bytes | undefined): Bytes | undefined {
  return one === undefined || other === undefined ? undefined : one + other;
}
