import type { Duplex, Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** What bytes go through: a stream, or a generator, which {@link pipeline} ends on an error as it ends a stream. */
export type Stage = Duplex | ((source: AsyncIterable<Buffer>) => AsyncIterable<Buffer>);

/** Sends the bytes of `source` through the stages into `sink`, and ends all of them when one fails. */
export async function flow(
  source: Readable,
  stages: readonly Stage[],
  sink: Writable,
  signal?: AbortSignal,
): Promise<void> {
  // Node's types know generators only in argument lists of a fixed length.
  const parts = [source, ...stages, sink] as unknown as readonly NodeJS.ReadWriteStream[];
  await pipeline(parts, { signal });
}
