import { OciImageError } from '../errors';

/** Everything in a tar archive starts at a multiple of this many bytes. */
export const BLOCK_BYTES = 512;

/**
 * One 512-byte header. Names are strings with one character for each byte (`latin1`), so that names and extended
 * attributes that are no UTF-8 come out as they went in.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06
 */
export interface TarHeader {
  readonly name: string;
  readonly linkname: string;
  /** The typeflag: `0` file, `1` hard link, `2` symbolic link, `3` and `4` devices, `5` directory, `6` FIFO. */
  readonly type: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly devmajor: number;
  readonly devminor: number;
}

/**
 * @param where Names the archive in errors.
 * @returns undefined for the block of zeros that ends an archive.
 * @throws OciImageError for a block that is no header.
 */
export function decodeHeader(block: Buffer, where: string): TarHeader | undefined {
  if (block.every((byte) => byte === 0)) return undefined;
  if (number(block, 148, 8, where) !== checksum(block))
    throw damaged(where, 'a header has the wrong checksum');
  const name = text(block, 0, 100);
  const isPosix = block.toString('latin1', 257, 263) === 'ustar\0';
  const prefix = isPosix ? text(block, 345, 155) : '';
  const type = text(block, 156, 1) || '0';
  return {
    name: prefix ? `${prefix}/${name}` : name,
    linkname: text(block, 157, 100),
    type: type === '7' ? '0' : type,
    mode: number(block, 100, 8, where),
    uid: number(block, 108, 8, where),
    gid: number(block, 116, 8, where),
    size: number(block, 124, 12, where),
    devmajor: number(block, 329, 8, where),
    devminor: number(block, 337, 8, where),
  };
}

/** @returns The header in the POSIX format, without times and owner names; all its values must fit. */
export function encodeHeader(header: TarHeader): Buffer {
  const block = Buffer.alloc(BLOCK_BYTES);
  block.write(header.name, 0, 100, 'latin1');
  block.write(octal(header.mode, 7), 100, 'latin1');
  block.write(octal(header.uid, 7), 108, 'latin1');
  block.write(octal(header.gid, 7), 116, 'latin1');
  block.write(octal(header.size, 11), 124, 'latin1');
  block.write(octal(0, 11), 136, 'latin1');
  block.write(header.type, 156, 'latin1');
  block.write(header.linkname, 157, 100, 'latin1');
  block.write('ustar\u000000', 257, 'latin1');
  block.write(octal(header.devmajor, 7), 329, 'latin1');
  block.write(octal(header.devminor, 7), 337, 'latin1');
  block.write(`${octal(checksum(block), 6)}\0 `, 148, 'latin1');
  return block;
}

export function damaged(where: string, what: string): OciImageError {
  return new OciImageError(`the tar archive is damaged: ${what}`, {
    location: { file: where },
    advice: 'build the image again',
  });
}

function checksum(block: Buffer): number {
  let sum = 0;
  for (let at = 0; at < BLOCK_BYTES; at++) sum += at >= 148 && at < 156 ? 0x20 : (block[at] ?? 0);
  return sum;
}

function text(block: Buffer, start: number, length: number): string {
  const field = block.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.toString('latin1', 0, end === -1 ? length : end);
}

function number(block: Buffer, start: number, length: number, where: string): number {
  const field = block.subarray(start, start + length);
  // GNU writes what octal digits cannot hold as a big-endian number behind this bit.
  const value = ((field[0] ?? 0) & 0x80) !== 0 ? base256(field) : octalDigits(field);
  if (!Number.isSafeInteger(value) || value < 0) throw damaged(where, 'a header holds a number that is none');
  return value;
}

function base256(field: Buffer): number {
  // 0xff starts a negative number, which no field here can have.
  if (field[0] !== 0x80) return -1;
  return field.subarray(1).reduce((value, byte) => value * 256 + byte, 0);
}

function octalDigits(field: Buffer): number {
  const digits = field.toString('latin1').replace(/\0.*$/s, '').trim();
  if (digits === '') return 0;
  return /^[0-7]+$/.test(digits) ? parseInt(digits, 8) : -1;
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}
