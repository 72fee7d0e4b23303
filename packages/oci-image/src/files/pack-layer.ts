import { Readable } from 'node:stream';
import { meter } from '../blobs/meter';
import { OciImageError } from '../errors';
import type { ArchivedLayer } from '../image';
import { canonicalHeader } from '../tar/canonical-tar';
import { paddingAfter, type TarEntry } from '../tar/tar-entry';
import { BLOCK_BYTES } from '../tar/tar-header';
import type { FileNode } from './file-node';

/**
 * Files as a layer in the normal form. Their contents are read now, for the digest, and again whenever the layer is opened.
 * @param files Path from the root of the image, without a slash at its start and with one character for each byte, and what lies
 * there, in the order of the layer.
 * @throws OciImageError where a file changes while it is read; the error of the file system where it cannot be.
 */
export async function packLayer(files: readonly (readonly [string, FileNode])[]): Promise<ArchivedLayer> {
  const open = () => Readable.from(packed(files), { objectMode: false });
  const whole = meter();
  const stage = whole.stage(open());
  while (!(await stage.next()).done);
  const { digest, bytes } = whole.result();
  return { diffId: digest, digest, compression: 'none', size: bytes, isCanonical: true, open };
}

async function* packed(files: readonly (readonly [string, FileNode])[]): AsyncGenerator<Buffer> {
  for (const [path, node] of files) {
    yield* canonicalHeader(entryOf(path, node), path);
    if (node.type !== 'file') continue;
    yield* exactly(node.size, node.open(), path);
    yield Buffer.alloc(paddingAfter(node.size));
  }
  yield Buffer.alloc(2 * BLOCK_BYTES);
}

async function* exactly(size: number, source: Readable, path: string): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += (chunk as Buffer).length;
    if (bytes > size) break;
    yield chunk as Buffer;
  }
  if (bytes === size) return;
  throw new OciImageError(`${Buffer.from(path, 'latin1').toString()} changed while it was read`, {
    advice: 'build the image again',
  });
}

function entryOf(name: string, node: FileNode): TarEntry {
  const { mode, uid, gid } = node;
  return {
    ...{ name, mode, uid, gid },
    linkname: node.type === 'symlink' ? node.target : '',
    type: typeflagOf(node),
    size: node.type === 'file' ? node.size : 0,
    devmajor: node.type === 'special' ? node.devmajor : 0,
    devminor: node.type === 'special' ? node.devminor : 0,
    records: node.attributes ?? new Map(),
  };
}

function typeflagOf(node: FileNode): string {
  if (node.type === 'special') return node.flag;
  return { file: '0', symlink: '2', directory: '5' }[node.type];
}
