import type { DirectoryEntry, FileSystem } from './file-system';
import { baseName, parentPath, type WorkspacePath } from './workspace-path';

/** A workspace of the given files: what a test needs, and what stands for changes not yet on disk. */
export function memoryFileSystem(files: Readonly<Record<WorkspacePath, string>>): FileSystem {
  const texts = new Map(Object.entries(files));
  const directories = new Map<WorkspacePath, Map<string, DirectoryEntry>>();
  const add = (path: WorkspacePath, kind: DirectoryEntry['kind']): void => {
    const parent = parentPath(path);
    const entries = directories.get(parent) ?? new Map<string, DirectoryEntry>();
    entries.set(baseName(path), { name: baseName(path), kind });
    directories.set(parent, entries);
    if (parent !== '.') add(parent, 'directory');
  };
  for (const path of texts.keys()) add(path, 'file');

  return {
    readFile: (path) => texts.get(path),
    readDirectory: (path) => [...(directories.get(path)?.values() ?? [])],
  };
}
