import { decompressor, isDecompressionError } from '../blobs/compression';
import { holdToDiffId } from '../blobs/hold-to-diff-id';
import { meter } from '../blobs/meter';
import { OciImageError } from '../errors';
import type { ArchivedLayer } from '../image';

/**
 * A layer as a tar. Whoever reads it to its end knows that it is what its digests say.
 *
 * @param where Names the layer in errors.
 * @throws OciImageError for a layer that cannot be decompressed or has other digests; the signal's reason.
 */
export async function* unpackedLayer(
  layer: ArchivedLayer,
  where: string,
  signal?: AbortSignal,
): AsyncGenerator<Buffer> {
  const source = layer.open();
  const tar = decompressor(layer.compression, where);
  source.on('error', (error) => tar.destroy(error));
  const whole = meter((actual) => holdToDiffId(actual, layer.diffId, where));
  try {
    for await (const chunk of whole.stage(source.pipe(tar))) {
      signal?.throwIfAborted();
      yield chunk;
    }
  } catch (error) {
    throw isDecompressionError(error)
      ? malformedLayer(where, `it cannot be decompressed: ${error.message}`)
      : error;
  } finally {
    source.destroy();
    tar.destroy();
  }
}

export function malformedLayer(where: string, what: string): OciImageError {
  return new OciImageError(`the layer is malformed: ${what}`, {
    location: { file: where },
    advice: 'use another base image',
  });
}
