import { PassThrough, type Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { codeOf, OciImageError } from '../errors';
import type { LayerCompression } from '../image';
import type { Stage } from './flow';

/** @param start The first bytes of a layer's blob. Its media type is not asked: archives exist where it is wrong. */
export function compressionOf(start: Buffer): LayerCompression {
  if (start.subarray(0, 2).equals(Buffer.from([0x1f, 0x8b]))) return 'gzip';
  if (start.subarray(0, 4).equals(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]))) return 'zstd';
  return 'none';
}

/**
 * @param where Names the layer in errors.
 * @throws OciImageError for zstd where this Node.js cannot read it.
 */
export function decompressor(compression: LayerCompression, where: string): Transform {
  if (compression === 'none') return new PassThrough();
  if (compression === 'gzip') return zlib.createGunzip();
  const { createZstdDecompress } = zlib as { createZstdDecompress?: () => Transform };
  if (createZstdDecompress) return createZstdDecompress();
  throw new OciImageError(
    `the layer is compressed with zstd, which Node.js ${process.versions.node} cannot read`,
    {
      location: { file: where },
      advice: 'use Node.js 22.15 or newer, or a base image with gzip layers',
    },
  );
}

/** @returns Whether zlib or zstd could not make sense of the bytes. */
export function isDecompressionError(error: unknown): error is Error {
  return /^Z(STD)?_/.test(codeOf(error) ?? '');
}

/** On Go programs half a percent behind the default, 6, for four fifths of its time. */
const LEVEL = 5;

/**
 * What decides the bytes that {@link gzipStages} make of a tar; with another encoder they may be others. The number rises with every change
 * of the stages themselves.
 */
export const ENCODER = `gzip 2 level ${LEVEL} zlib ${process.versions.zlib} node ${process.version} ${process.arch}`;

/** @returns Stages that compress so that the same bytes in give the same bytes out, on every system. */
export function gzipStages(): Stage[] {
  return [evenChunks, zlib.createGzip({ level: LEVEL, chunkSize: OUTPUT_BYTES }), withoutSystem];
}

/** Each chunk is a way to a thread of libuv and back. */
const CHUNK_BYTES = 1024 * 1024;
const OUTPUT_BYTES = 128 * 1024;

/** What deflate finds may depend on how much it sees at once, so it always sees as much. */
async function* evenChunks(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let pending: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    pending.push(chunk);
    size += chunk.length;
    if (size < CHUNK_BYTES) continue;
    const all = Buffer.concat(pending);
    const whole = all.length - (all.length % CHUNK_BYTES);
    for (let at = 0; at < whole; at += CHUNK_BYTES) yield all.subarray(at, at + CHUNK_BYTES);
    pending = [all.subarray(whole)];
    size = all.length - whole;
  }
  if (size > 0) yield Buffer.concat(pending);
}

/** The byte that names the operating system (RFC 1952, section 2.3) says "unknown", as Go's gzip does. */
const SYSTEM_OFFSET = 9;
const UNKNOWN_SYSTEM = 255;

async function* withoutSystem(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let position = 0;
  for await (const chunk of source) {
    const at = SYSTEM_OFFSET - position;
    position += chunk.length;
    if (at >= 0 && at < chunk.length) chunk[at] = UNKNOWN_SYSTEM;
    yield chunk;
  }
}
