import { GoWorkspaceError } from '../errors';
import type { DirectoryEntry, FileSystem } from './file-system';
import type { WorkspacePath } from './workspace-path';

/**
 * A file system that lists every folder once, and whose errors say which file cannot be read.
 *
 * A folder that may not be listed counts as empty: the data of a database that runs in a container belongs to another user, and holds
 * no Go code.
 */
export function rememberedFiles(files: FileSystem): FileSystem {
  const listed = new Map<WorkspacePath, readonly DirectoryEntry[]>();
  const { readHead } = files;
  return {
    readFile: (path) => named(path, () => files.readFile(path)),
    readHead: readHead && ((path) => named(path, () => readHead.call(files, path))),
    readDirectory: (path) => {
      const entries = listed.get(path) ?? named(path, () => listedBy(files, path));
      listed.set(path, entries);
      return entries;
    },
  };
}

function listedBy(files: FileSystem, path: WorkspacePath): readonly DirectoryEntry[] {
  try {
    return files.readDirectory(path);
  } catch (error) {
    if (isForbidden(error)) return [];
    throw error;
  }
}

function isForbidden(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EACCES' || code === 'EPERM';
}

function named<T>(path: WorkspacePath, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof GoWorkspaceError || !(error instanceof Error)) throw error;
    throw new GoWorkspaceError(`it cannot be read: ${error.message}`, {
      location: { file: path },
      advice: isForbidden(error)
        ? 'Give the user that runs Nx the right to read it.'
        : 'See to it that the file can be read, or take it out of the workspace.',
    });
  }
}
