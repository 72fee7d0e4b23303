import { tmpdir } from 'node:os';
import { posix } from 'node:path';
import type { Bytes } from '../blobs/digest';
import type { ArchivedImage } from '../image';
import { StreamBytes } from '../tar/stream-bytes';
import { paddingAfter, readEntry, type TarEntry } from '../tar/tar-entry';
import { folderOf, quoted } from './entry-path';
import type { FileNode, RegularNode } from './file-node';
import { LayerContents } from './layer-contents';
import { LayeredFiles } from './layered-files';
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
  const files = new LayeredFiles(process.platform);
  for (const [at, layer] of image.layers.entries()) {
    const name = `${where}: layer ${at + 1} (${layer.diffId})`;
    const contents = new LayerContents(layer, name, folder, signal);
    files.beginLayer(name);
    for await (const { entry, from } of entriesOf(unpackedLayer(layer, name, signal), name)) {
      const stamp = `${layer.diffId}:${from}`;
      apply(files, entry, { where: name, stamp, open: () => contents.open(from, entry.size) });
    }
  }
  return files.nodes;
}

/** Where the contents of an entry are. */
interface Place extends Pick<RegularNode, 'stamp' | 'open'> {
  /** Names the layer in errors. */
  readonly where: string;
}

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md#applying-changesets */
function apply(files: LayeredFiles, entry: TarEntry, place: Place): void {
  const path = files.pathOf(entry.name);
  const base = posix.basename(path);
  if (base === '.wh..wh..opq') files.hideBelow(folderOf(path));
  else if (base.startsWith('.wh.')) files.hide(hiddenBy(path, place.where));
  else files.put(path, nodeOf(entry, files, place));
}

function hiddenBy(path: string, where: string): string {
  const name = posix.basename(path).slice('.wh.'.length);
  if (!['', '.', '..'].includes(name)) return posix.join(folderOf(path), name);
  throw malformedLayer(where, `'${quoted(path)}' hides what is no file of its folder`);
}

function nodeOf(entry: TarEntry, files: LayeredFiles, place: Place): FileNode {
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

function hardLink({ name, linkname }: TarEntry, files: LayeredFiles, where: string): FileNode {
  const target = files.nodes.get(files.pathOf(linkname));
  if (target && target.type !== 'directory') return target;
  throw malformedLayer(where, `'${quoted(name)}' is a hard link to '${quoted(linkname)}', which is no file`);
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
