import { decodePax, type PaxRecords } from './pax';
import { BLOCK_BYTES, damaged, decodeHeader, type TarHeader } from './tar-header';

/** Where the bytes of an archive come from. */
export interface TarBytes {
  /** Names the archive in errors. */
  readonly where: string;
  /** @returns Exactly `length` bytes; undefined where there is not a single one left. @throws OciImageError between. */
  read(length: number): Promise<Buffer | undefined>;
}

/** A header and what the extended headers before it say of the same entry. */
export interface TarEntry extends TarHeader {
  readonly records: PaxRecords;
}

/** As Go's archive/tar: more than this in an extended header is an attack, not a name. */
const MAX_EXTENSION_BYTES = 1 << 20;

const BODILESS = new Set(['1', '2', '3', '4', '5', '6']);

/**
 * Reads up to the start of the next entry's body.
 * @returns undefined at the end of the archive.
 * @throws OciImageError for an archive that is damaged or cut off.
 */
export async function readEntry(bytes: TarBytes): Promise<TarEntry | undefined> {
  let records: PaxRecords = new Map();
  let longName: string | undefined;
  let longLink: string | undefined;
  for (;;) {
    const block = await bytes.read(BLOCK_BYTES);
    const header = block && decodeHeader(block, bytes.where);
    if (!header) return undefined;
    if (header.type === 'x') records = decodePax(await extension(bytes, header), bytes.where);
    else if (header.type === 'L') longName = cString(await extension(bytes, header));
    else if (header.type === 'K') longLink = cString(await extension(bytes, header));
    // A global header speaks of the archive (git writes the commit there); Docker and containerd pass over it too.
    else if (header.type === 'g') await extension(bytes, header);
    else
      return entry(
        { ...header, name: longName ?? header.name, linkname: longLink ?? header.linkname },
        records,
      );
  }

  function entry(header: TarHeader, pax: PaxRecords): TarEntry {
    const size = decimal(pax, 'size', header.size, bytes.where);
    return {
      ...header,
      name: pax.get('path') ?? header.name,
      linkname: pax.get('linkpath') ?? header.linkname,
      uid: decimal(pax, 'uid', header.uid, bytes.where),
      gid: decimal(pax, 'gid', header.gid, bytes.where),
      size: BODILESS.has(header.type) ? 0 : size,
      records: pax,
    };
  }
}

/** @returns The zeros between the end of a body and the next block. */
export function paddingAfter(size: number): number {
  return (BLOCK_BYTES - (size % BLOCK_BYTES)) % BLOCK_BYTES;
}

async function extension(bytes: TarBytes, { size }: TarHeader): Promise<Buffer> {
  if (size > MAX_EXTENSION_BYTES) throw damaged(bytes.where, `an extended header has ${size} bytes`);
  const body = await bytes.read(size + paddingAfter(size));
  if (!body) throw damaged(bytes.where, 'it is cut off');
  return body.subarray(0, size);
}

function cString(body: Buffer): string {
  return body.toString('latin1').replace(/\0.*$/s, '');
}

function decimal(records: PaxRecords, key: string, fallback: number, where: string): number {
  const value = records.get(key);
  if (value === undefined) return fallback;
  if (!/^\d{1,15}$/.test(value)) throw damaged(where, `an extended header holds the ${key} '${value}'`);
  return Number(value);
}
