import { Readable, Writable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { compressionOf, gzipStages } from './compression';
import { flow } from './flow';

async function gzip(bytes: Buffer, chunkSize: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const pieces = Array.from({ length: Math.ceil(bytes.length / chunkSize) }, (_, at) =>
    bytes.subarray(at * chunkSize, (at + 1) * chunkSize),
  );
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  await flow(Readable.from(pieces), gzipStages(), sink);
  return Buffer.concat(chunks);
}

/** Neither all alike nor all different, so that matches reach across chunks. */
const BYTES = Buffer.from(Array.from({ length: 3_000_000 }, (_, at) => ((at * at) % 251) ^ (at % 7)));

describe('gzipStages', () => {
  it('gives the same bytes however its input arrives in pieces', async () => {
    const whole = await gzip(BYTES, BYTES.length);
    expect(gunzipSync(whole).equals(BYTES)).toBe(true);
    for (const size of [1000, 65_536, 1_048_576, 1_048_577])
      expect(whole.equals(await gzip(BYTES, size))).toBe(true);
  });

  it('names no time, no file and no operating system', async () => {
    // RFC 1952: magic, deflate, no flags, four bytes of time, extra flags, system 255 (unknown).
    expect((await gzip(BYTES, 1000)).subarray(0, 10).toString('hex')).toBe('1f8b08000000000000ff');
  });
});

describe('compressionOf', () => {
  it.each([
    ['gzip', '1f8b0800'],
    ['zstd', '28b52ffd'],
    ['none', '2e2f6574'],
    ['none', ''],
  ])('tells %s from the bytes %s', (compression, hex) => {
    expect(compressionOf(Buffer.from(hex, 'hex'))).toBe(compression);
  });
});
