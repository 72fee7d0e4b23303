import { createHash } from 'node:crypto';
import type { Bytes, Digest } from '../image';

export interface Measure {
  digest: Digest;
  bytes: Bytes;
}

/**
 * Passes a stream on, and knows what went through.
 * @param onEnd Called once all bytes have gone through; what it throws ends the stream.
 */
export function measured(
  onEnd: (measure: Measure) => void,
): (source: AsyncIterable<Buffer>) => AsyncGenerator<Buffer> {
  return async function* (source) {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of source) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
    onEnd({ digest: `sha256:${hash.digest('hex')}`, bytes });
  };
}
