import { posix } from 'node:path';
import { Readable } from 'node:stream';
import { decompressor, isDecompressionError } from '../blobs/compression';
import { OciImageError } from '../errors';
import type { ArchivedImage, ArchivedLayer } from '../image';
import { StreamBytes } from '../tar/stream-bytes';
import { paddingAfter, readEntry, type TarEntry } from '../tar/tar-entry';
import type { FileNode } from './file-node';

/**
 * The files of an image, as a container of it sees them. Contents stay in the layers and are read when a file is opened.
 * @param where Names the image in errors.
 * @returns What lies at each path, from the root without a slash at its start, one character for each byte; the root is ''.
 * @throws OciImageError for a layer that is damaged, or whose paths leave the image.
 */
export async function readImageFiles(
  image: ArchivedImage,
  where: string,
  signal?: AbortSignal,
): Promise<Map<string, FileNode>> {
  const files = new Map<string, FileNode>([['', { type: 'directory', mode: 0o755, uid: 0, gid: 0 }]]);
  for (const [at, layer] of image.layers.entries()) {
    const name = `${where}: layer ${at + 1} (${layer.diffId})`;
    let ordinal = 0;
    for await (const { entry } of entriesOf(layer, name, signal)) {
      apply(files, entry, pathOf(entry.name, name), { layer, where: name, ordinal: ordinal++ });
    }
  }
  return files;
}

/** Where the contents of an entry are. */
interface Place {
  readonly layer: ArchivedLayer;
  readonly where: string;
  /** How many entries stand before it. */
  readonly ordinal: number;
}

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md#applying-changesets */
function apply(files: Map<string, FileNode>, entry: TarEntry, path: string, place: Place): void {
  const folder = posix.dirname(path) === '.' ? '' : posix.dirname(path);
  const base = posix.basename(path);
  if (base === '.wh..wh..opq') removeBelow(files, folder);
  else if (base.startsWith('.wh.')) remove(files, posix.join(folder, base.slice('.wh.'.length)));
  else {
    const node = nodeOf(entry, files, place);
    if (node.type !== 'directory') removeBelow(files, path);
    addParents(files, folder);
    files.set(path, node);
  }
}

function nodeOf(entry: TarEntry, files: ReadonlyMap<string, FileNode>, place: Place): FileNode {
  const attributes = new Map([...entry.records].filter(([key]) => key.startsWith('SCHILY.xattr.')));
  const owned = {
    mode: entry.mode & 0o7777,
    uid: entry.uid,
    gid: entry.gid,
    ...(attributes.size > 0 && { attributes }),
  };
  if (entry.type === '5') return { type: 'directory', ...owned };
  if (entry.type === '2') return { type: 'symlink', target: entry.linkname, ...owned };
  if (entry.type === '3' || entry.type === '4' || entry.type === '6') {
    const { type: flag, devmajor, devminor } = entry;
    return { type: 'special', flag, devmajor, devminor, ...owned };
  }
  if (entry.type === '1') return hardLink(entry, files, place.where);
  const stamp = `${place.layer.diffId}:${place.ordinal}`;
  return {
    type: 'file',
    size: entry.size,
    stamp,
    open: () => Readable.from(contents(place), { objectMode: false }),
    ...owned,
  };
}

function hardLink(entry: TarEntry, files: ReadonlyMap<string, FileNode>, where: string): FileNode {
  const target = files.get(pathOf(entry.linkname, where));
  if (target && target.type !== 'directory') return target;
  throw malformed(where, `'${entry.name}' is a hard link to '${entry.linkname}', which is no file`);
}

async function* contents({ layer, where, ordinal }: Place): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const { entry, bytes } of entriesOf(layer, where)) {
    if (at++ !== ordinal) continue;
    yield* bytes.take(entry.size);
    return;
  }
}

interface OpenEntry {
  readonly entry: TarEntry;
  /** Stands at the start of the entry's body, of which it may be read as much as one likes. */
  readonly bytes: StreamBytes;
}

async function* entriesOf(
  layer: ArchivedLayer,
  where: string,
  signal?: AbortSignal,
): AsyncGenerator<OpenEntry> {
  const source = layer.open();
  const tar = decompressor(layer.compression, where);
  source.on('error', (error) => tar.destroy(error));
  const bytes = new StreamBytes(source.pipe(tar), where);
  try {
    for (;;) {
      signal?.throwIfAborted();
      const entry = await readEntry(bytes);
      if (!entry) return;
      const end = bytes.position + entry.size + paddingAfter(entry.size);
      yield { entry, bytes };
      await bytes.skipTo(end);
    }
  } catch (error) {
    throw isDecompressionError(error)
      ? malformed(where, `it cannot be decompressed: ${error.message}`)
      : error;
  } finally {
    source.destroy();
    tar.destroy();
  }
}

/** @throws OciImageError for a path that leaves the image. */
function pathOf(name: string, where: string): string {
  const path = posix.normalize(name).replace(/^\/+/, '').replace(/\/+$/, '');
  if (path === '..' || path.startsWith('../')) throw malformed(where, `its entry '${name}' leaves the image`);
  return path === '.' ? '' : path;
}

function addParents(files: Map<string, FileNode>, folder: string): void {
  if (folder === '' || files.get(folder)?.type === 'directory') return;
  addParents(files, posix.dirname(folder) === '.' ? '' : posix.dirname(folder));
  files.set(folder, { type: 'directory', mode: 0o755, uid: 0, gid: 0 });
}

function remove(files: Map<string, FileNode>, path: string): void {
  removeBelow(files, path);
  files.delete(path);
}

function removeBelow(files: Map<string, FileNode>, folder: string): void {
  const isThere = files.get(folder)?.type === 'directory';
  if (!isThere && folder !== '') return;
  const prefix = folder === '' ? '' : `${folder}/`;
  for (const path of files.keys()) if (path !== '' && path.startsWith(prefix)) files.delete(path);
}

function malformed(where: string, what: string): OciImageError {
  return new OciImageError(`the layer is malformed: ${what}`, {
    location: { file: where },
    advice: 'use another base image',
  });
}
