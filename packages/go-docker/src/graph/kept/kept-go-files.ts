import type * as GoWorkspacePackage from '@go-docker/go-workspace';
import type { GoFile, KnownGoFiles, WorkspacePath } from '@go-docker/go-workspace';
import { keep, readKept } from './kept-file';
import type { LoggedFiles, ReadLog } from './read-log';
import { isSameStamp, isSettled, type Stamp } from './stamp';

const NAME = 'go-files';

/** What Go files say, as far as they were read for an earlier graph and have not changed since. */
export interface KeptGoFiles extends KnownGoFiles {
  /** Keeps what was asked for since, where any of it is new. */
  save(): void;
}

export function keptGoFiles(root: string, { stampOf }: LoggedFiles): KeptGoFiles {
  const kept = storedGoFiles(root);
  const current = new Map<WorkspacePath, readonly [Stamp, GoFile]>();
  let isNew = false;
  return {
    get(path) {
      const known = kept.get(path);
      if (!known || !isSameStamp(known[0], stampOf(path))) return undefined;
      current.set(path, known);
      return known[1];
    },
    set(path, file) {
      const stamp = stampOf(path);
      if (!isSettled(stamp)) return;
      isNew = true;
      current.set(path, [stamp, file]);
    },
    save() {
      if (isNew) keep(root, NAME, [...current] satisfies StoredGoFiles);
    },
  };
}

/**
 * Whether Go files that have changed since a graph was made say what they said then: most changes are to the code below the imports.
 *
 * @param log Of what that graph was made from.
 */
export function saySameAsThen(root: string, changed: readonly WorkspacePath[], { files }: ReadLog): boolean {
  const kept = storedGoFiles(root);
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- Most graphs are made without, because nothing has changed.
  const { diskFileSystem, readGoFile } = require('@go-docker/go-workspace') as typeof GoWorkspacePackage;
  const disk = diskFileSystem(root);
  return changed.every((path) => {
    const [then, stamp] = [kept.get(path), files.get(path)];
    // Go files were kept by another graph where stamps differ.
    if (!then || !stamp || !isSameStamp(then[0], stamp)) return false;
    try {
      return JSON.stringify(readGoFile(disk, path)) === JSON.stringify(then[1]);
    } catch {
      // It cannot be read any more, which a new graph says in words.
      return false;
    }
  });
}

function storedGoFiles(root: string): Map<WorkspacePath, readonly [Stamp, GoFile]> {
  return new Map(readKept(root, NAME) as StoredGoFiles | undefined);
}

type StoredGoFiles = readonly (readonly [WorkspacePath, readonly [Stamp, GoFile]])[];
