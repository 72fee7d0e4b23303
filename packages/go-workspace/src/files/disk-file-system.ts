import { type Dirent, readFileSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { DirectoryEntry, FileSystem } from './file-system';
import { childPath, type WorkspacePath } from './workspace-path';

/** The longest chain of links that is followed, as in Linux (path_resolution(7)). */
const MAX_LINKS = 40;

/**
 * The workspace on disk below `root`.
 *
 * Links that leave the workspace are left out: no image build can see what they name.
 */
export function diskFileSystem(root: string): FileSystem {
  return {
    readFile: (path) => absentAs(undefined, () => readFileSync(join(root, path), 'utf8')),
    readDirectory: (path) =>
      absentAs([], () => readdirSync(join(root, path), { withFileTypes: true })).flatMap((entry) =>
        directoryEntry(root, path, entry),
      ),
  };
}

function directoryEntry(root: string, directory: WorkspacePath, entry: Dirent): DirectoryEntry[] {
  if (entry.isFile()) return [{ name: entry.name, kind: 'file' }];
  if (entry.isDirectory()) return [{ name: entry.name, kind: 'directory' }];
  if (!entry.isSymbolicLink()) return [];

  const path = childPath(directory, entry.name);
  const target = absentAs(undefined, () => statSync(join(root, path)));
  const link = target && linkHops(root, path);
  if (!target || !link) return [];
  if (target.isFile()) return [{ name: entry.name, kind: 'file', link }];
  return target.isDirectory() ? [{ name: entry.name, kind: 'directory', link }] : [];
}

function linkHops(root: string, path: WorkspacePath): WorkspacePath[] | undefined {
  const hops: WorkspacePath[] = [];
  let current = join(root, path);
  while (hops.length < MAX_LINKS) {
    const target = absentAs(undefined, () => readlinkSync(current));
    if (target === undefined) return hops;
    current = resolve(current, '..', target);
    const hop = relative(root, current);
    if (isAbsolute(target) || isAbsolute(hop) || hop === '..' || hop.startsWith(`..${sep}`)) return undefined;
    hops.push(hop.split(sep).join('/') || '.');
  }
  return undefined;
}

/** Node's codes for "there is no such thing here": a file that is not there, and a file where a folder is asked for. */
const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'EINVAL', 'ELOOP']);

function absentAs<T>(absent: T, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (ABSENT.has((error as NodeJS.ErrnoException).code ?? '')) return absent;
    throw error;
  }
}
