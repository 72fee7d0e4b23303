import { decompressor, gzipStages, isDecompressionError } from '../blobs/compression';
import type { Stage } from '../blobs/flow';
import { holdToDiffId } from '../blobs/hold-to-diff-id';
import { meter } from '../blobs/meter';
import { readStoredLayer } from '../blobs/stored-layer';
import { OciImageError } from '../errors';
import type { ArchivedLayer, ImageLayer } from '../image';
import { canonicalTar } from '../tar/canonical-tar';
import { KeptLayers, type LayerMeasures } from './kept-layers';
import type { Descriptor } from './layout';
import type { NormalizeOptions } from './layout-options';
import type { StagedLayout } from './staged-layout';

/** On a layer's descriptor: whether it came with the base image. Nothing else in a layout says so. */
export const ORIGIN_ANNOTATION = 'go-docker.layer.origin';

export interface LayerOptions extends NormalizeOptions {
  readonly origin: ImageLayer['origin'];
  /** Names the layer in errors. */
  readonly where: string;
  readonly signal?: AbortSignal;
}

export interface WrittenLayer {
  readonly layer: ImageLayer;
  readonly descriptor: Descriptor;
}

/** @throws OciImageError where the layer is not what its digests say. */
export async function writeLayer(
  layout: StagedLayout,
  source: ArchivedLayer,
  options: LayerOptions,
): Promise<WrittenLayer> {
  const { origin, where } = options;
  const isKept = origin === 'base' && source.compression !== 'none' && options.baseLayers !== 'recompressed';
  try {
    const { tar, blob } = isKept
      ? await keep(layout, source, options)
      : await repack(layout, source, options);
    const compression = isKept ? source.compression : 'gzip';
    return {
      layer: {
        ...{ diffId: tar.digest, digest: blob.digest, origin },
        ...{ unpackedBytes: tar.bytes, compressedBytes: blob.bytes },
      },
      descriptor: {
        mediaType: `application/vnd.oci.image.layer.v1.tar+${compression}`,
        digest: blob.digest,
        size: blob.bytes,
        annotations: { [ORIGIN_ANNOTATION]: origin },
      },
    };
  } catch (error) {
    throw isDecompressionError(error) ? undecodable(where, error) : error;
  }
}

/** Copies the blob as it is, then holds what is in it to its diffID. */
async function keep(
  layout: StagedLayout,
  source: ArchivedLayer,
  options: LayerOptions,
): Promise<LayerMeasures> {
  const { where, signal } = options;
  const blob = await layout.addStream(source.open(), [], signal);
  const { tar } = await readStoredLayer(layout.pathOf(blob.digest), where, signal);
  holdToDiffId(tar, source.diffId, where);
  return { tar, blob };
}

/** Writes the layer's tar as gzip; an app's layer in its canonical form. */
async function repack(
  layout: StagedLayout,
  source: ArchivedLayer,
  options: LayerOptions,
): Promise<LayerMeasures> {
  if (options.layerCache === undefined) return repackAnew(layout, source, options);
  const kept = new KeptLayers(options.layerCache);
  const known = await kept.restore(layout, source.diffId, options.origin);
  if (known) return known;
  const written = await repackAnew(layout, source, options);
  await kept.keep(layout, source.diffId, options.origin, written);
  return written;
}

async function repackAnew(
  layout: StagedLayout,
  source: ArchivedLayer,
  options: LayerOptions,
): Promise<LayerMeasures> {
  const { where, origin, signal } = options;
  const received = meter((actual) => holdToDiffId(actual, source.diffId, where));
  if (source.isCanonical) {
    const blob = await layout.addStream(source.open(), [received.stage, ...gzipStages()], signal);
    return { tar: received.result(), blob };
  }
  const written = meter();
  const canonical: Stage[] = origin === 'app' ? [(tar) => canonicalTar(tar, where)] : [];
  const stages = [
    ...[decompressor(source.compression, where), received.stage],
    ...[...canonical, written.stage, ...gzipStages()],
  ];
  const blob = await layout.addStream(source.open(), stages, signal);
  return { tar: written.result(), blob };
}

function undecodable(where: string, cause: Error): OciImageError {
  return new OciImageError(`the layer cannot be decompressed: ${cause.message}`, {
    location: { file: where },
    advice: 'build the image again',
    cause,
  });
}
