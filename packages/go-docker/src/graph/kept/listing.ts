import { readdirSync } from 'node:fs';
import type { DirectoryEntry } from '@go-docker/go-workspace';

/** What a folder holds, in one string: equal for equal entries in any order. */
export function listingOf(entries: readonly DirectoryEntry[]): string {
  return entries
    .map(
      ({ name, kind, link }) => `${kind === 'file' ? '' : '>'}${name}${link ? `\n${link.join('\n')}` : ''}`,
    )
    .sort()
    .join('/');
}

/** The listing of a folder that cannot be listed; no other is equal. */
export const UNLISTABLE = '>';

/** The listing of a folder on disk that holds no link; undefined where it holds one, or cannot be listed. */
export function plainListing(folder: string): string | undefined {
  const entries: DirectoryEntry[] = [];
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isSymbolicLink()) return undefined;
      if (entry.isFile()) entries.push({ name: entry.name, kind: 'file' });
      else if (entry.isDirectory()) entries.push({ name: entry.name, kind: 'directory' });
    }
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? listingOf([]) : undefined;
  }
  return listingOf(entries);
}
