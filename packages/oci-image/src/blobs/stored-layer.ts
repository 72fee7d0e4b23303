import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { compressionOf, decompressor } from './compression';
import { flow } from './flow';
import { meter, type Measure } from './meter';

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
  const blob = meter();
  const tar = meter();
  const decompress = decompressor(compressionOf(await firstBytes(path)), where);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  await flow(createReadStream(path), [blob.stage, decompress, tar.stage], nowhere, signal);
  return { blob: blob.result(), tar: tar.result() };
}

/** @returns At most four, enough to tell a compression. */
export async function firstBytes(path: string): Promise<Buffer> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
