import { randomBytes } from 'node:crypto';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bytes } from '../../blobs/digest';

/** Longer than any build: what has been used since may be in use. */
export const IN_USE_MS = 24 * 3600 * 1000;

/**
 * Removes what has not been used for the longest time from a folder of blobs that several processes share, until it holds no more than the limit.
 * What was used within the last day stays, whatever the limit. A file's time of change is when it was used last.
 *
 * @param blobs The folder; files that are not named like blobs are left alone.
 * @param away A folder on the same disk, whose files nobody reads.
 * @returns once it is done, also where something could not be removed: whoever builds need not know.
 */
export async function pruneBlobs(blobs: string, away: string, limit: Bytes): Promise<void> {
  const files = await used(blobs);
  let total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const oldestFirst = files.sort((one, other) => one.usedMs - other.usedMs);
  for (const { name, bytes } of oldestFirst) {
    if (total <= limit) return;
    if (await remove(join(blobs, name), join(away, `${name}.${randomBytes(6).toString('hex')}.tmp`)))
      total -= bytes;
  }
}

interface Used {
  readonly name: string;
  readonly bytes: Bytes;
  readonly usedMs: number;
}

async function used(blobs: string): Promise<Used[]> {
  const names = await readdir(blobs).catch(() => []);
  const files = await Promise.all(
    names
      .filter((name) => /^[0-9a-f]{64}$/.test(name))
      .map(async (name) => {
        const found = await stat(join(blobs, name)).catch(() => undefined);
        return found && { name, bytes: found.size, usedMs: found.mtimeMs };
      }),
  );
  return files.filter((file) => file !== undefined);
}

/** Looks again once nobody can begin to use it: another build may have done so since the first look, and gets it back. */
async function remove(path: string, away: string): Promise<boolean> {
  try {
    if (await isInUse(path)) return false;
    await rename(path, away);
    const isWanted = await isInUse(away);
    await (isWanted ? rename(away, path) : rm(away));
    return !isWanted;
  } catch {
    return false;
  }
}

async function isInUse(path: string): Promise<boolean> {
  return Date.now() - (await stat(path)).mtimeMs < IN_USE_MS;
}
