import { createHash } from 'node:crypto';
import type { Bytes, Digest } from './digest';

export interface Measure {
  readonly digest: Digest;
  readonly bytes: Bytes;
}

export interface Meter {
  /** Passes a stream on. */
  readonly stage: (source: AsyncIterable<Buffer>) => AsyncGenerator<Buffer>;
  /** @returns What went through, once all of it has. */
  result(): Measure;
}

/** @param check Called with what went through, once all of it has; what it throws ends the stream. */
export function meter(check: (actual: Measure) => void = () => undefined): Meter {
  let measure: Measure | undefined;
  return {
    async *stage(source) {
      const hash = createHash('sha256');
      let bytes = 0;
      for await (const chunk of source) {
        hash.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
      measure = { digest: `sha256:${hash.digest('hex')}`, bytes };
      check(measure);
    },
    result() {
      if (!measure) throw new Error('The stream has not ended yet');
      return measure;
    },
  };
}
