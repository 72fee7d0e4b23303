import { OciImageError } from '../errors';
import { encodePax, type PaxRecords } from './pax';
import { StreamBytes } from './stream-bytes';
import { paddingAfter, readEntry, type TarEntry } from './tar-entry';
import { BLOCK_BYTES, encodeHeader, type TarHeader } from './tar-header';

/** Names the form; another one than this gives other bytes, and has another name. */
export const CANONICAL_FORM = 'canonical 1';

/**
 * Rewrites a layer so that the same files give the same bytes, whichever image store they went through: times are zero,
 * owners have no names, every header has the one format. Order, contents and extended attributes stay.
 * @param where Names the layer in errors.
 * @throws OciImageError for a layer that is damaged, or that holds entries no image builder writes.
 */
export async function* canonicalTar(source: AsyncIterable<Buffer>, where: string): AsyncGenerator<Buffer> {
  const bytes = new StreamBytes(source, where);
  for (;;) {
    const entry = await readEntry(bytes);
    if (!entry) break;
    yield* canonicalHeader(entry, where);
    yield* bytes.take(entry.size);
    const padding = paddingAfter(entry.size);
    if (padding > 0) {
      // The padding may be anything, and must not leak into the digest.
      await bytes.read(padding);
      yield Buffer.alloc(padding);
    }
  }
  yield Buffer.alloc(2 * BLOCK_BYTES);
  await bytes.drain();
}

/**
 * The header of an entry in the one format, with an extended header before it where fields cannot hold what it says.
 * @throws OciImageError for an entry that no image builder writes.
 */
export function* canonicalHeader(entry: TarEntry, where: string): Generator<Buffer> {
  yield* header(canonicalEntry(entry, where));
}

/** Records that say what a header field says, when a file was touched, or how the archive was made. */
const DROPPED_RECORDS = new Set([
  ...['path', 'linkpath', 'size', 'uid', 'gid', 'uname', 'gname', 'mtime', 'atime', 'ctime'],
  ...['comment', 'charset', 'hdrcharset', 'LIBARCHIVE.creationtime'],
  ...['SCHILY.dev', 'SCHILY.ino', 'SCHILY.nlink'],
]);

function canonicalEntry(entry: TarEntry, where: string): TarEntry {
  if (!/^[0-6]$/.test(entry.type) || [...entry.records.keys()].some((key) => key.startsWith('GNU.sparse.'))) {
    const kind =
      entry.type === 'S' || entry.type === '0' ? 'a sparse file' : `of the unknown type '${entry.type}'`;
    throw new OciImageError(`the layer's entry '${entry.name}' is ${kind}`, {
      location: { file: where },
      advice: 'build the layer with BuildKit, which writes no such entries',
    });
  }
  if (isWhiteout(entry)) return whiteout(entry);
  return {
    ...entry,
    name: entry.type === '5' ? `${entry.name.replace(/\/+$/, '')}/` : entry.name,
    linkname: entry.type === '1' || entry.type === '2' ? entry.linkname : '',
    // The bits above are the file's type, which the typeflag says.
    mode: entry.mode & 0o7777,
    devmajor: isDevice(entry) ? entry.devmajor : 0,
    devminor: isDevice(entry) ? entry.devminor : 0,
    records: new Map([...entry.records].filter(([key]) => !DROPPED_RECORDS.has(key)).sort(byKey)),
  };
}

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md#whiteouts */
function isWhiteout({ name, type }: TarEntry): boolean {
  return type === '0' && name.slice(name.lastIndexOf('/') + 1).startsWith('.wh.');
}

/** A whiteout is its name alone. The classic store gives it a mode, and by mistake a link name. */
function whiteout({ name, size }: TarEntry): TarEntry {
  return {
    name,
    linkname: '',
    type: '0',
    mode: 0,
    uid: 0,
    gid: 0,
    size,
    devmajor: 0,
    devminor: 0,
    records: new Map(),
  };
}

function isDevice({ type }: TarEntry): boolean {
  return type === '3' || type === '4';
}

function byKey([a]: [string, string], [b]: [string, string]): number {
  return a < b ? -1 : 1;
}

const MAX_ID = 0o7777777;
const MAX_SIZE = 0o77777777777;

function* header(entry: TarEntry): Generator<Buffer> {
  const records = new Map([...tooLong(entry), ...entry.records]);
  if (records.size > 0) yield* extendedHeader(records);
  yield encodeHeader({
    ...entry,
    name: records.has('path') ? asciiStart(entry.name) : entry.name,
    linkname: records.has('linkpath') ? asciiStart(entry.linkname) : entry.linkname,
    uid: records.has('uid') ? 0 : entry.uid,
    gid: records.has('gid') ? 0 : entry.gid,
    size: records.has('size') ? 0 : entry.size,
  });
}

/** What the fields of a header cannot hold goes into an extended header. */
function tooLong({ name, linkname, uid, gid, size }: TarEntry): Map<string, string> {
  const records = new Map<string, string>();
  if (!fitsField(name)) records.set('path', name);
  if (!fitsField(linkname)) records.set('linkpath', linkname);
  if (uid > MAX_ID) records.set('uid', String(uid));
  if (gid > MAX_ID) records.set('gid', String(gid));
  if (size > MAX_SIZE) records.set('size', String(size));
  return records;
}

function fitsField(name: string): boolean {
  return name.length <= 100 && /^[\x20-\x7e]*$/.test(name);
}

function asciiStart(name: string): string {
  return name.replace(/[^\x20-\x7e]/g, '').slice(0, 100);
}

function* extendedHeader(records: PaxRecords): Generator<Buffer> {
  const body = encodePax(records);
  const extended: TarHeader = {
    ...{ name: 'PaxHeader', linkname: '', type: 'x', mode: 0o644, uid: 0, gid: 0 },
    ...{ size: body.length, devmajor: 0, devminor: 0 },
  };
  yield encodeHeader(extended);
  yield body;
  yield Buffer.alloc(paddingAfter(body.length));
}
