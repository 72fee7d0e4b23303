import { createHash, randomUUID } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bytes, Digest } from './digest';

/** A file that was kept, and is there again. */
export interface KeptFile {
  readonly digest: Digest;
  readonly bytes: Bytes;
  /** What was kept with it. */
  readonly note: string;
}

/** When files are given up; the one that was longest not asked for goes first. */
export interface KeptLimits {
  /** Of all files together. */
  readonly bytes: Bytes;
  /** Since a file was last asked for. */
  readonly days: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Results that cost time and can be made again, in a folder that processes may share. The name of a file says what must be in it: whatever
 * is not so is removed, and was never there. What goes wrong with the folder goes wrong in silence: the result is made again.
 */
export class KeptFiles {
  /** @param directory It is made where it is missing. What else lies in it may be removed. */
  constructor(
    private readonly directory: string,
    private readonly limits: KeptLimits = { bytes: 4e9, days: 7 },
  ) {}

  /**
   * Copies what was kept to `target`.
   *
   * @param key Everything that decides what is in the file.
   * @returns undefined, and leaves nothing there, where nothing was kept, or it is no longer what it was.
   */
  async restore(key: string, target: string): Promise<KeptFile | undefined> {
    try {
      const name = (await this.names()).find((each) => each.startsWith(`${nameOf(key)}.`));
      const [, note = '', hex = ''] = name?.split('.') ?? [];
      if (name === undefined) return undefined;
      const kept = join(this.directory, name);
      await copyFile(kept, target, constants.COPYFILE_FICLONE);
      const { digest, bytes } = await measured(target);
      if (digest === `sha256:${hex}`) {
        const now = new Date();
        await utimes(kept, now, now);
        return { digest, bytes, note };
      }
      await rm(kept, { force: true });
    } catch {
      // Another process may have removed it a moment ago.
    }
    await rm(target, { force: true }).catch(() => undefined);
    return undefined;
  }

  /**
   * Keeps a copy of a file, in place of what was kept under its key.
   *
   * @param note Letters, digits and dashes.
   */
  async keep(
    key: string,
    file: string,
    { digest, note = '' }: { digest: Digest; note?: string },
  ): Promise<void> {
    const name = `${nameOf(key)}.${note}.${digest.slice('sha256:'.length)}`;
    const partial = join(this.directory, `${randomUUID()}.partial`);
    try {
      await mkdir(this.directory, { recursive: true, mode: 0o700 });
      await copyFile(file, partial, constants.COPYFILE_FICLONE);
      await rename(partial, join(this.directory, name));
      await this.prune(name);
    } catch {
      await rm(partial, { force: true }).catch(() => undefined);
    }
  }

  /** Removes what is older than the file of that name and has its key, and what is beyond the limits. */
  private async prune(newest: string): Promise<void> {
    const key = newest.slice(0, newest.indexOf('.') + 1);
    const files: { readonly name: string; readonly bytes: Bytes; readonly usedMs: number }[] = [];
    for (const name of await this.names()) {
      const stats = await stat(join(this.directory, name)).catch(() => undefined);
      if (stats) files.push({ name, bytes: stats.size, usedMs: stats.mtimeMs });
    }
    const oldest = Date.now() - this.limits.days * DAY_MS;
    let left = this.limits.bytes;
    for (const { name, bytes, usedMs } of files.sort((a, b) => b.usedMs - a.usedMs)) {
      left -= bytes;
      const isGivenUp = usedMs < oldest || left < 0 || name.startsWith(key);
      if (isGivenUp && name !== newest)
        await rm(join(this.directory, name), { recursive: true, force: true });
    }
  }

  private async names(): Promise<readonly string[]> {
    return readdir(this.directory);
  }
}

function nameOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

async function measured(file: string): Promise<{ readonly digest: Digest; readonly bytes: Bytes }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { digest: `sha256:${hash.digest('hex')}`, bytes };
}
