import { join } from 'node:path';
import { isDecompressionError } from '../blobs/compression';
import { blobPath } from '../blobs/digest';
import { readStoredLayer, type StoredLayer } from '../blobs/stored-layer';
import type { Digest, ImageLayer, LayoutSummary, PlatformImage } from '../image';
import type { Descriptor, LayoutImage } from './layout';
import { notWhole, readLayout } from './read-layout';
import { ORIGIN_ANNOTATION } from './write-layer';

/**
 * Reads every layer of a layout and holds it to its digests.
 * @returns What {@link writeLayout} returned when it wrote the layout.
 * @throws OciImageError where the layout is not whole, or was not written by {@link writeLayout}.
 */
export async function measureLayout(directory: string): Promise<LayoutSummary> {
  const { images } = await readLayout(directory);
  const summary: PlatformImage[] = [];
  for (const image of images) summary.push(await measureImage(directory, image));
  return summary;
}

async function measureImage(directory: string, image: LayoutImage): Promise<PlatformImage> {
  const layers: ImageLayer[] = [];
  for (const [at, diffId] of image.config.rootfs.diff_ids.entries()) {
    const descriptor = image.layers[at];
    if (descriptor) layers.push(await measureLayer(directory, descriptor, diffId));
  }
  return {
    platform: image.platform,
    digest: image.manifest.digest,
    unpackedBytes: layers.reduce((sum, { unpackedBytes }) => sum + unpackedBytes, 0),
    compressedBytes: layers.reduce((sum, { compressedBytes }) => sum + compressedBytes, 0),
    layers,
  };
}

async function measureLayer(directory: string, descriptor: Descriptor, diffId: Digest): Promise<ImageLayer> {
  const path = join(directory, blobPath(descriptor.digest));
  const origin = descriptor.annotations?.[ORIGIN_ANNOTATION];
  if (origin !== 'base' && origin !== 'app') {
    throw notWhole(path, 'nothing says whether the layer is of the base or of the app');
  }
  const { blob, tar } = await readLayer(path);
  if (blob.digest !== descriptor.digest) throw notWhole(path, `it has the digest ${blob.digest}`);
  if (tar.digest !== diffId) throw notWhole(path, `it has the diffID ${tar.digest} instead of ${diffId}`);
  return { diffId, digest: blob.digest, unpackedBytes: tar.bytes, compressedBytes: blob.bytes, origin };
}

async function readLayer(path: string): Promise<StoredLayer> {
  try {
    return await readStoredLayer(path, path);
  } catch (error) {
    throw isDecompressionError(error)
      ? notWhole(path, `it cannot be decompressed: ${error.message}`, error)
      : error;
  }
}
