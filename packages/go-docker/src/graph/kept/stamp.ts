import { type Stats, statSync } from 'node:fs';

/**
 * A state of a file or folder, as far as its inode tells: the milliseconds of its last changes, its size and its number. Another content
 * has another stamp, but for one written within the same tick of the clock: see {@link isSettled}.
 */
export type Stamp = readonly [modified: number, changed: number, size: number, inode: number];

/** A clock may count in steps of two seconds (FAT, some network file systems). */
const CLOCK_STEP = 2000;
const ABSENT: Stamp = [0, 0, 0, 0];
const UNSETTLED: Stamp = [-1, 0, 0, 0];

/** The stamp of what is there now; links are followed. */
export function stampOf(path: string): Stamp {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats ? stampFrom(stats) : ABSENT;
  } catch {
    return UNSETTLED;
  }
}

/** The stamp of what these are the stats of, which must be those of this moment. */
export function stampFrom({ mtimeMs, ctimeMs, size, ino }: Stats): Stamp {
  const now = Date.now();
  // Anybody can set the time of modification, to one that is yet to come; not that of change.
  const latest = mtimeMs > now ? ctimeMs : Math.max(mtimeMs, ctimeMs);
  return latest < now - CLOCK_STEP ? [mtimeMs, ctimeMs, size, ino] : UNSETTLED;
}

/** Whether a stamp was taken long enough after the last change: otherwise a later change may have the same. */
export function isSettled([modified]: Stamp): boolean {
  return modified >= 0;
}

/** Whether two stamps are of the same content. */
export function isSameStamp(one: Stamp, other: Stamp): boolean {
  return isSettled(one) && one.every((part, index) => part === other[index]);
}

/** Whether what is there now is what a stamp was taken of: called for every file that a graph is made from. */
export function isStillAs(path: string, [modified, changed, size, inode]: Stamp): boolean {
  try {
    const now = statSync(path, { throwIfNoEntry: false });
    if (!now) return modified === 0 && changed === 0;
    return now.mtimeMs === modified && now.ctimeMs === changed && now.size === size && now.ino === inode;
  } catch {
    return false;
  }
}
