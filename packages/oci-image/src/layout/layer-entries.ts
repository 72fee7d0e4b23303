import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { compressionOf, decompressor } from '../blobs/compression';
import { type Bytes, blobPath } from '../blobs/digest';
import { firstBytes } from '../blobs/stored-layer';
import { StreamBytes } from '../tar/stream-bytes';
import { paddingAfter, readEntry } from '../tar/tar-entry';
import type { Descriptor } from './layout';

/** What a layer has at a path. */
export type LayerEntry = LayerFile | LayerFolder | LayerOther;

/** A regular file of a layer. */
export interface LayerFile {
  readonly kind: 'file';
  /** Below the root of the image, without slashes around it. A name that begins with `.wh.` removes what a lower layer has. */
  readonly path: string;
  /** Permission bits. */
  readonly mode: number;
  readonly size: Bytes;
  /** What is in it; to be read, or not, before the next file is asked for. */
  readonly content: AsyncIterable<Buffer>;
}

/** A folder, which what lower layers have in it shows through. */
export interface LayerFolder {
  readonly kind: 'folder';
  readonly path: string;
}

/** A link of either sort, a device or a pipe: it has no bytes, and takes the place of what lower layers have. */
export interface LayerOther {
  readonly kind: 'other';
  readonly path: string;
}

/**
 * Reads the entries of one layer of a layout, as they come; memory does not grow with the size of files.
 *
 * @throws OciImageError for a layer that is damaged; an error of zlib's for one that cannot be decompressed.
 */
export async function* layerEntries(directory: string, { digest }: Descriptor): AsyncGenerator<LayerEntry> {
  const blob = join(directory, blobPath(digest));
  const source = createReadStream(blob);
  const tar = decompressor(compressionOf(await firstBytes(blob)), blob);
  // Whoever stops early ends the tar, and with it the file; what fails comes out of the tar.
  pipeline(source, tar, () => undefined);
  try {
    const bytes = new StreamBytes(tar, blob);
    for (let entry = await readEntry(bytes); entry; entry = await readEntry(bytes)) {
      const rest = bytes.take(entry.size);
      const path = entry.name.replace(/^(\.?\/)+|\/+$/g, '');
      if (entry.type === '0') {
        yield { kind: 'file', path, mode: entry.mode & 0o7777, size: entry.size, content: unended(rest) };
      } else {
        yield { kind: entry.type === FOLDER ? 'folder' : 'other', path };
      }
      while (!(await rest.next()).done);
      await bytes.read(paddingAfter(entry.size));
    }
  } finally {
    tar.destroy();
  }
}

/** https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06 */
const FOLDER = '5';

/** Without a `return`: who leaves its loop early must not end what is read on here. */
function unended(chunks: AsyncGenerator<Buffer>): AsyncIterable<Buffer> {
  return { [Symbol.asyncIterator]: () => ({ next: () => chunks.next() }) };
}
