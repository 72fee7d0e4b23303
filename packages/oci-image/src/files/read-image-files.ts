import { tmpdir } from 'node:os';
import { posix } from 'node:path';
import type { Bytes } from '../blobs/digest';
import type { ArchivedImage } from '../image';
import { StreamBytes } from '../tar/stream-bytes';
import { paddingAfter, readEntry, type TarEntry } from '../tar/tar-entry';
import type { FileNode, RegularNode } from './file-node';
import { LayerContents } from './layer-contents';
import { malformedLayer, unpackedLayer } from './unpacked-layer';

/**
 * The files of an image, as a container of it sees them. Contents stay in the layers; each layer is unpacked once more when the first of
 * its files is opened.
 * @param where Names the image in errors.
 * @param folder Where layers are unpacked, under no name: nothing has to be removed. Default the system's folder for such files.
 * @returns What lies at each path, from the root without a slash at its start, one character for each byte; the root is ''.
 * @throws OciImageError for a layer that is damaged or not what its digests say, or whose paths leave the image.
 */
export async function readImageFiles(
  image: ArchivedImage,
  where: string,
  signal?: AbortSignal,
  folder = tmpdir(),
): Promise<Map<string, FileNode>> {
  const files = new Map<string, FileNode>([['', { type: 'directory', mode: 0o755, uid: 0, gid: 0 }]]);
  for (const [at, layer] of image.layers.entries()) {
    const name = `${where}: layer ${at + 1} (${layer.diffId})`;
    const contents = new LayerContents(layer, name, folder, signal);
    for await (const { entry, from } of entriesOf(unpackedLayer(layer, name, signal), name)) {
      const stamp = `${layer.diffId}:${from}`;
      const place: Place = { where: name, stamp, open: () => contents.open(from, entry.size) };
      apply(files, entry, pathOf(entry.name, name), place);
    }
  }
  return files;
}

/** Where the contents of an entry are. */
interface Place extends Pick<RegularNode, 'stamp' | 'open'> {
  /** Names the layer in errors. */
  readonly where: string;
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
  const { stamp, open } = place;
  return { type: 'file', size: entry.size, stamp, open, ...owned };
}

function hardLink(entry: TarEntry, files: ReadonlyMap<string, FileNode>, where: string): FileNode {
  const target = files.get(pathOf(entry.linkname, where));
  if (target && target.type !== 'directory') return target;
  throw malformedLayer(where, `'${entry.name}' is a hard link to '${entry.linkname}', which is no file`);
}

interface PlacedEntry {
  readonly entry: TarEntry;
  /** Where its body begins in the tar. */
  readonly from: Bytes;
}

/** Reads a tar to its end, also what stands behind its last entry. */
async function* entriesOf(tar: AsyncGenerator<Buffer>, where: string): AsyncGenerator<PlacedEntry> {
  const bytes = new StreamBytes(tar, where);
  try {
    for (let entry = await readEntry(bytes); entry; entry = await readEntry(bytes)) {
      const from = bytes.position;
      yield { entry, from };
      await bytes.skipTo(from + entry.size + paddingAfter(entry.size));
    }
    await bytes.drain();
  } finally {
    await tar.return(undefined);
  }
}

/** @throws OciImageError for a path that leaves the image. */
function pathOf(name: string, where: string): string {
  const path = posix.normalize(name).replace(/^\/+/, '').replace(/\/+$/, '');
  if (path === '..' || path.startsWith('../'))
    throw malformedLayer(where, `its entry '${name}' leaves the image`);
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
