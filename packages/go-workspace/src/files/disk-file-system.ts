import {
  closeSync,
  type Dirent,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  readdirSync,
  readlinkSync,
  type Stats,
  statSync,
} from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { DirectoryEntry, FileHead, FileSystem } from './file-system';
import { childPath, type WorkspacePath } from './workspace-path';

/** The longest chain of links that is followed, as in Linux (path_resolution(7)). */
const MAX_LINKS = 40;

/** Is told what a disk file system comes across. */
export interface DiskObserver {
  /** A folder that is listed holds a link: what it lists depends on more than the folder itself. */
  seeLink?(folder: WorkspacePath): void;
  /** A file is about to be read, of which `stats` are read for nearly nothing while it is open. */
  seeFile?(file: WorkspacePath, stats: () => Stats): void;
}

/**
 * The workspace on disk below `root`.
 *
 * Links that leave the workspace are left out: no image build can see what they name.
 */
export function diskFileSystem(root: string, observer: DiskObserver = {}): FileSystem {
  return {
    readFile: (path) => absentAs(undefined, () => readFileSync(`${root}/${path}`, 'utf8')),
    readHead: (path) => absentAs(undefined, () => readHead(root, path, observer)),
    readDirectory: (path) => {
      const entries: DirectoryEntry[] = [];
      for (const entry of absentAs([], () => readdirSync(`${root}/${path}`, { withFileTypes: true }))) {
        if (entry.isFile()) entries.push({ name: entry.name, kind: 'file' });
        else if (entry.isDirectory()) entries.push({ name: entry.name, kind: 'directory' });
        else if (entry.isSymbolicLink()) {
          observer.seeLink?.(path);
          entries.push(...linkEntry(root, path, entry));
        }
      }
      return entries;
    },
  };
}

/** The imports of nearly all Go files end before, and more than three in four files are no longer. */
const HEAD = Buffer.allocUnsafeSlow(8192);

function readHead(root: string, file: WorkspacePath, observer: DiskObserver): FileHead {
  const descriptor = openSync(`${root}/${file}`, 'r');
  try {
    observer.seeFile?.(file, () => fstatSync(descriptor));
    const length = readSync(descriptor, HEAD, 0, HEAD.length, 0);
    return { text: HEAD.toString('utf8', 0, length), isWhole: length < HEAD.length };
  } finally {
    closeSync(descriptor);
  }
}

function linkEntry(root: string, directory: WorkspacePath, entry: Dirent): DirectoryEntry[] {
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
