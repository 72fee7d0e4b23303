import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Duplex, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { compressionOf, decompressor } from './compression';
import { measured, type Measure } from './measured';

export interface StoredLayer {
  /** The file as it is. */
  readonly blob: Measure;
  /** What is in it once it is decompressed. */
  readonly tar: Measure;
}

/** @throws OciImageError for zstd where this Node.js cannot read it; an error of zlib's for a damaged layer. */
export async function readStoredLayer(
  path: string,
  where: string,
  signal?: AbortSignal,
): Promise<StoredLayer> {
  const blob: Measure = { digest: 'sha256:', bytes: 0 };
  const tar: Measure = { digest: 'sha256:', bytes: 0 };
  await pipeline(
    [
      createReadStream(path),
      Duplex.from(measured((actual) => Object.assign(blob, actual))),
      decompressor(compressionOf(await firstBytes(path)), where),
      Duplex.from(measured((actual) => Object.assign(tar, actual))),
      new Writable({ write: (_chunk, _encoding, done) => done() }),
    ],
    { signal },
  );
  return { blob, tar };
}

async function firstBytes(path: string): Promise<Buffer> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
