import { posix } from 'node:path';

/**
 * Paths of files in images: below the root, without a slash at the start, and with one character for each byte, so that names that are
 * no UTF-8 stay what they are and the order of paths is that of their bytes. The root is ''.
 */
export type BytePath = string;

/** A text of ours as bytes. */
export function bytesOf(text: string): string {
  return Buffer.from(text).toString('latin1');
}

/** Bytes as a person reads them. */
export function shown(path: BytePath): string {
  return Buffer.from(path, 'latin1').toString();
}

/** A path as a BytePath: `/a/../b/` is `b`. */
export function cleanPath(path: string): BytePath {
  return posix.join('/', path).replace(/^\/+/, '').replace(/\/+$/, '');
}

/** The folder that a path lies in; that of the root is the root. */
export function folderOf(path: BytePath): BytePath {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

export function nameOf(path: BytePath): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function joined(folder: BytePath, name: string): BytePath {
  return folder === '' ? name : `${folder}/${name}`;
}

/** The order of the entries of a layer: folder by folder, what lies in one behind it. */
export function byPlace(a: BytePath, b: BytePath): number {
  const [left, right] = [a.split('/'), b.split('/')];
  for (let at = 0; at < left.length && at < right.length; at++) {
    const [one = '', other = ''] = [left[at], right[at]];
    if (one !== other) return one < other ? -1 : 1;
  }
  return left.length - right.length;
}
