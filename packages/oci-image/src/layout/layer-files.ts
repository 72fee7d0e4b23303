import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { compressionOf, decompressor } from '../blobs/compression';
import { type Bytes, blobPath } from '../blobs/digest';
import { firstBytes } from '../blobs/stored-layer';
import { StreamBytes } from '../tar/stream-bytes';
import { paddingAfter, readEntry } from '../tar/tar-entry';
import type { Descriptor } from './layout';

/** A regular file of a layer. */
export interface LayerFile {
  /** Below the root of the image, without a leading slash. A name that begins with `.wh.` removes what a lower layer has. */
  readonly path: string;
  /** Permission bits. */
  readonly mode: number;
  readonly size: Bytes;
  /** What is in it; to be read, or not, before the next file is asked for. */
  readonly content: AsyncIterable<Buffer>;
}

/**
 * Reads the regular files of one layer of a layout, as they come; memory does not grow with their size.
 *
 * @throws OciImageError for a layer that is damaged; an error of zlib's for one that cannot be decompressed.
 */
export async function* layerFiles(directory: string, { digest }: Descriptor): AsyncGenerator<LayerFile> {
  const blob = join(directory, blobPath(digest));
  const source = createReadStream(blob);
  const tar = decompressor(compressionOf(await firstBytes(blob)), blob);
  // Whoever stops early ends the tar, and with it the file; what fails comes out of the tar.
  pipeline(source, tar, () => undefined);
  try {
    const bytes = new StreamBytes(tar, blob);
    for (let entry = await readEntry(bytes); entry; entry = await readEntry(bytes)) {
      const rest = bytes.take(entry.size);
      if (entry.type === '0') {
        const path = entry.name.replace(/^(\.?\/)+/, '');
        yield { path, mode: entry.mode & 0o7777, size: entry.size, content: unended(rest) };
      }
      while (!(await rest.next()).done);
      await bytes.read(paddingAfter(entry.size));
    }
  } finally {
    tar.destroy();
  }
}

/** Without a `return`: who leaves its loop early must not end what is read on here. */
function unended(chunks: AsyncGenerator<Buffer>): AsyncIterable<Buffer> {
  return { [Symbol.asyncIterator]: () => ({ next: () => chunks.next() }) };
}
