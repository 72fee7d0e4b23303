import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { messageOf, OciImageError } from '../errors';
import type { Bytes } from '../image';
import { paddingAfter, readEntry, type TarBytes, type TarEntry } from '../tar/tar-entry';
import { damaged } from '../tar/tar-header';

/** The files of a tar archive, found without reading what is in them. */
export interface TarIndex {
  readonly file: string;
  /** @returns undefined where the archive has no such file. */
  find(name: string): TarFile | undefined;
}

export interface TarFile {
  readonly name: string;
  readonly size: Bytes;
  /** @param end Stop before this byte. */
  open(end?: Bytes): Readable;
}

/** An image has a few blobs for each layer; one with this many is built to fill the memory. */
const MAX_ENTRIES = 100_000;

/** @throws OciImageError for an archive that is damaged, cut off, or names files outside of itself. */
export async function indexTar(file: string): Promise<TarIndex> {
  const handle = await openFile(file);
  try {
    const { size } = await handle.stat();
    return new Index(file, await readNames(new FileBytes(handle, file, size)));
  } finally {
    await handle.close();
  }
}

async function openFile(file: string): Promise<FileHandle> {
  try {
    return await open(file);
  } catch (cause) {
    throw new OciImageError(`the image archive cannot be read: ${messageOf(cause)}`, {
      location: { file },
      cause,
    });
  }
}

interface Place {
  readonly entry: TarEntry;
  readonly offset: number;
}

async function readNames(bytes: FileBytes): Promise<ReadonlyMap<string, Place>> {
  const places = new Map<string, Place>();
  for (;;) {
    const entry = await readEntry(bytes);
    if (!entry) break;
    const name = safeName(entry.name, bytes.where);
    // One name twice would let a reader and a checker see two different images.
    if (entry.type !== '5' && places.has(name)) throw refused(bytes.where, `'${name}' is in it twice`);
    if (places.size >= MAX_ENTRIES) throw refused(bytes.where, `it has more than ${MAX_ENTRIES} entries`);
    places.set(name, { entry, offset: bytes.position });
    bytes.skip(entry.size + paddingAfter(entry.size));
  }
  if (places.size === 0) throw damaged(bytes.where, 'it holds nothing');
  return places;
}

/** @returns The name without a leading `./` or a trailing `/`. */
function safeName(name: string, where: string): string {
  const parts = name.split('/').filter((part, at) => part !== '.' && (part !== '' || at === 0));
  if (parts[0] === '' || parts.includes('..') || /[\\\0]/.test(name)) {
    throw refused(where, `'${name}' lies outside of it`);
  }
  return parts.join('/');
}

function refused(where: string, what: string): OciImageError {
  return new OciImageError(`the image archive is refused: ${what}`, { location: { file: where } });
}

class FileBytes implements TarBytes {
  position = 0;

  constructor(
    private readonly handle: FileHandle,
    readonly where: string,
    private readonly size: Bytes,
  ) {}

  async read(length: number): Promise<Buffer | undefined> {
    if (this.position >= this.size) return undefined;
    const { bytesRead, buffer } = await this.handle.read(Buffer.alloc(length), 0, length, this.position);
    if (bytesRead < length) throw damaged(this.where, 'it is cut off');
    this.position += length;
    return buffer;
  }

  skip(length: number): void {
    this.position += length;
    if (this.position > this.size) throw damaged(this.where, 'it is cut off');
  }
}

/** A `docker save` before Docker 25 writes a layer that two images share once, and a link for the second. */
const MAX_LINKS = 8;

class Index implements TarIndex {
  constructor(
    readonly file: string,
    private readonly places: ReadonlyMap<string, Place>,
  ) {}

  find(name: string): TarFile | undefined {
    let at = name;
    for (let links = 0; links < MAX_LINKS; links++) {
      const place = this.places.get(at);
      if (!place) return undefined;
      const { type, linkname, size } = place.entry;
      if (type === '0') return { name, size, open: (end) => this.open(place, end) };
      if (type === '1') at = safeName(linkname, this.file);
      else if (type === '2') at = linkTarget(at, linkname);
      else throw refused(this.file, `'${at}' is no file`);
    }
    throw refused(this.file, `'${name}' is a link without end`);
  }

  private open({ entry, offset }: Place, end = entry.size): Readable {
    const length = Math.min(end, entry.size);
    // createReadStream reads to the end of the file where `end` is before `start`.
    if (length === 0) return Readable.from([]);
    return createReadStream(this.file, { start: offset, end: offset + length - 1 });
  }
}

function linkTarget(from: string, target: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
