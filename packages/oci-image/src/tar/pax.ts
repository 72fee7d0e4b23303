import { damaged } from './tar-header';

/**
 * Extended header records, one character for each byte: a value may be binary, as that of
 * `SCHILY.xattr.security.capability` is.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_03
 */
export type PaxRecords = ReadonlyMap<string, string>;

/**
 * @param where Names the archive in errors.
 * @throws OciImageError for records that do not add up.
 */
export function decodePax(body: Buffer, where: string): PaxRecords {
  const records = new Map<string, string>();
  let at = 0;
  while (at < body.length && body[at] !== 0) {
    const space = body.indexOf(0x20, at);
    const digits = body.toString('latin1', at, space === -1 ? at : space);
    const end = at + Number(digits);
    const equals = body.indexOf(0x3d, space);
    const isWhole = /^[1-9]\d{0,8}$/.test(digits) && end <= body.length && body[end - 1] === 0x0a;
    if (!isWhole || equals === -1 || equals >= end) throw damaged(where, 'an extended header is cut off');
    records.set(body.toString('latin1', space + 1, equals), body.toString('latin1', equals + 1, end - 1));
    at = end;
  }
  return records;
}

/** @returns The records in the order given. */
export function encodePax(records: PaxRecords): Buffer {
  return Buffer.from([...records].map(([key, value]) => record(key, value)).join(''), 'latin1');
}

function record(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  // The length counts its own digits, so a carry can lengthen it once more.
  let length = rest.length + String(rest.length).length;
  if (String(length).length + rest.length !== length) length++;
  return `${length}${rest}`;
}
