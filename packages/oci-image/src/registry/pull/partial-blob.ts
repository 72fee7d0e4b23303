import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bytes, Digest } from '../../blobs/digest';
import { diskFailure } from '../../disk-failure';
import { messageOf, OciImageError } from '../../errors';

/**
 * A blob that is being received. Its file belongs to one process, which is what its name says; one that was given up has a name without an
 * owner, and whoever manages to rename it goes on with it.
 */
export class PartialBlob {
  bytes: Bytes = 0;
  private hash = createHash('sha256');
  private isOnBadDisk = false;

  private constructor(
    private readonly path: string,
    private readonly resumable: string,
    private readonly file: FileHandle,
  ) {}

  /** Goes on with what an earlier attempt has left, or begins. */
  static async claim(folder: string, digest: Digest): Promise<PartialBlob> {
    const hex = digest.slice('sha256:'.length);
    const path = join(folder, `${hex}.${randomBytes(6).toString('hex')}.tmp`);
    const resumable = join(folder, `${hex}.resume`);
    await sweep(folder);
    const isLeft = await rename(resumable, path).then(
      () => true,
      () => false,
    );
    const partial = new PartialBlob(path, resumable, await open(path, 'a'));
    if (isLeft) for await (const chunk of createReadStream(path)) partial.count(chunk as Buffer);
    return partial;
  }

  /** @throws OciImageError where the disk does not take it: whoever reads from a registry must not take that for a fault of the registry. */
  async append(chunk: Buffer): Promise<void> {
    await this.file.writeFile(chunk).catch((error: unknown) => {
      this.isOnBadDisk = true;
      throw cacheFailure(this.path, error);
    });
    this.count(chunk);
  }

  async restart(): Promise<void> {
    await this.file.truncate(0);
    this.hash = createHash('sha256');
    this.bytes = 0;
  }

  /** Of what is there so far. */
  digest(): Digest {
    return `sha256:${this.hash.copy().digest('hex')}`;
  }

  /** Puts the file in its place. Another process may have been first, with the same bytes. */
  async publish(path: string): Promise<void> {
    await this.file.close();
    await rename(this.path, path).catch(async (error: unknown) => {
      await rm(this.path, { force: true });
      await stat(path).catch(() => {
        throw error;
      });
    });
  }

  /** Leaves the file for a later attempt. */
  async release(): Promise<void> {
    await this.file.close();
    // On a full disk it would be in its own way.
    if (this.bytes === 0 || this.isOnBadDisk) await rm(this.path, { force: true });
    else await rename(this.path, this.resumable);
  }

  async discard(): Promise<void> {
    await this.file.close();
    await rm(this.path, { force: true });
  }

  private count(chunk: Buffer): void {
    this.hash.update(chunk);
    this.bytes += chunk.length;
  }
}

/** @returns An error for people, whatever the file system says. */
export function cacheFailure(path: string, cause: unknown): OciImageError {
  const what = 'the cache of base images cannot be written';
  const failure = diskFailure(what, path, cause);
  if (failure instanceof OciImageError) return failure;
  return new OciImageError(`${what}: ${messageOf(cause)}`, { location: { file: path }, cause });
}

/** Older than any download: its process was killed, or nobody wants the blob any more. */
const ABANDONED_MS = 24 * 3600 * 1000;

async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > ABANDONED_MS) await rm(path, { force: true });
  }
}
