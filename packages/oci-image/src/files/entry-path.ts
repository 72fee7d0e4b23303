import { posix } from 'node:path';
import { shown } from '../shown';
import { malformedLayer } from './unpacked-layer';

/**
 * @param name Of a tar entry, or what a hard link names.
 * @param where Names the layer in errors.
 * @returns The path from the root of the image, without a slash at its start or end; the root is ''.
 * @throws OciImageError for a path that leaves the image.
 */
export function entryPath(name: string, where: string): string {
  const path = posix.normalize(name).replace(/^\/+/, '').replace(/\/+$/, '');
  if (path === '..' || path.startsWith('../')) {
    throw malformedLayer(where, `its entry '${quoted(name)}' leaves the image`);
  }
  return path === '.' ? '' : path;
}

/** On Windows, `\` parts a path as `/` does. A `:` stays in the folder, and Debian's packages have it in names. @throws OciImageError there. */
export function assertOneMeaning(path: string, where: string, system: NodeJS.Platform): void {
  if (system !== 'win32' || !path.includes('\\')) return;
  throw malformedLayer(where, `its entry '${quoted(path)}' has a name that means something else on Windows`);
}

/** @param name One character for each byte. */
export function quoted(name: string): string {
  return shown(Buffer.from(name, 'latin1').toString());
}

/** The root is in itself. */
export function folderOf(path: string): string {
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
}
