import type { GoFile, KnownGoFiles, WorkspacePath } from '@go-docker/go-workspace';
import { keep, readKept } from './kept-file';
import type { LoggedFiles } from './read-log';
import { isSameStamp, isSettled, type Stamp } from './stamp';

const NAME = 'go-files';

/** What Go files say, as far as they were read for an earlier graph and have not changed since. */
export interface KeptGoFiles extends KnownGoFiles {
  /** Keeps what was asked for since, where any of it is new. */
  save(): void;
}

export function keptGoFiles(root: string, { stampOf }: LoggedFiles): KeptGoFiles {
  const kept = new Map(readKept(root, NAME) as StoredGoFiles | undefined);
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

type StoredGoFiles = readonly (readonly [WorkspacePath, readonly [Stamp, GoFile]])[];
