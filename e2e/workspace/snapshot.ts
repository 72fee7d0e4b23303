import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Every file below a folder with a digest of its content; two folders are equal where their snapshots are. */
export type Snapshot = Readonly<Record<string, string>>;

/**
 * @param ignored Names of files and folders that are left out wherever they are.
 * Folders that hold no file are listed too, with a `/` at the end.
 */
export function snapshot(directory: string, ignored = /^(node_modules|\.nx|\.git)$/): Snapshot {
  const found: Record<string, string> = {};
  collect(directory, '', ignored, found);
  return found;
}

function collect(root: string, below: string, ignored: RegExp, found: Record<string, string>): void {
  const all = readdirSync(join(root, below));
  const names = all.filter((name) => !ignored.test(name));
  if (all.length === 0 && below !== '') found[`${below}/`] = 'empty folder';
  for (const name of names.sort()) {
    const path = below === '' ? name : `${below}/${name}`;
    const status = lstatSync(join(root, path));
    if (status.isDirectory()) collect(root, path, ignored, found);
    else found[path] = content(join(root, path), status.isSymbolicLink());
  }
}

function content(file: string, isLink: boolean): string {
  return isLink
    ? `link to ${readlinkSync(file)}`
    : createHash('sha256').update(readFileSync(file)).digest('hex');
}
