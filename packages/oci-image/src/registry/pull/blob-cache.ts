import { mkdir, open, readFile, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { compressionOf } from '../../blobs/compression';
import { type Bytes, blobPath, type Digest, digestOf } from '../../blobs/digest';
import { meter } from '../../blobs/meter';
import { firstBytes } from '../../blobs/stored-layer';
import { diskFailure } from '../../disk-failure';
import { OciImageError } from '../../errors';
import type { ArchivedLayer } from '../../image';
import { PartialBlob } from './partial-blob';
import { pruneBlobs } from './prune-blobs';

/** What a blob is known by before it is there. */
export interface KnownBlob {
  readonly digest: Digest;
  readonly size: Bytes;
}

/** Blobs by their digests, in a folder that several processes may share: whatever has its name there is whole. */
export class BlobCache {
  private readonly partials: string;

  constructor(private readonly directory: string) {
    this.partials = join(directory, 'partial');
  }

  async has({ digest, size }: KnownBlob): Promise<boolean> {
    const path = this.pathOf(digest);
    await markUsed(path);
    const found = await stat(path).catch(() => undefined);
    return found?.size === size;
  }

  /** Gives up what was not used for the longest time, where the cache holds more than the limit. */
  async prune(limit: Bytes): Promise<void> {
    await pruneBlobs(join(this.directory, 'blobs/sha256'), this.partials, limit);
  }

  /** @returns undefined where it is not there, or no longer what it was. */
  async read(digest: Digest): Promise<Buffer | undefined> {
    await markUsed(this.pathOf(digest));
    const bytes = await readFile(this.pathOf(digest)).catch(() => undefined);
    return bytes && digestOf(bytes) === digest ? bytes : undefined;
  }

  /** @throws OciImageError where the disk does not take it. */
  async write(bytes: Buffer): Promise<void> {
    await this.receive(digestOf(bytes), async (partial) => {
      await partial.restart();
      await partial.append(bytes);
    });
  }

  /**
   * Lets a blob be filled, and keeps it once it has its digest. What was received before a failure is kept for the next attempt.
   *
   * @param fill Appends what is missing. It is called again, for the whole, where what an earlier attempt had left turns out wrong.
   * @returns false, and keeps nothing, for another digest.
   * @throws OciImageError where the disk does not take it; what `fill` throws.
   */
  async receive(digest: Digest, fill: (partial: PartialBlob) => Promise<void>): Promise<boolean> {
    try {
      // Images may be private.
      const how = { recursive: true, mode: 0o700 };
      await mkdir(this.partials, how);
      await mkdir(dirname(this.pathOf(digest)), how);
      const partial = await PartialBlob.claim(this.partials, digest);
      return await this.fill(digest, partial, fill);
    } catch (error) {
      throw diskFailure('the cache of base images cannot be written', this.directory, error);
    }
  }

  /** @throws OciImageError where the layer cannot be read; its stream, where it no longer has its digest. */
  async layer({ digest, size }: KnownBlob, diffId: Digest): Promise<ArchivedLayer> {
    const path = this.pathOf(digest);
    const opened = () => {
      const verify = meter((actual) => {
        if (actual.digest !== digest) throw changed(path, actual.digest);
      });
      return Readable.from(verify.stage(chunksOf(path)));
    };
    return {
      diffId,
      digest,
      size,
      compression: compressionOf(await restored(() => firstBytes(path))),
      open: opened,
    };
  }

  private async fill(
    digest: Digest,
    partial: PartialBlob,
    fill: (partial: PartialBlob) => Promise<void>,
  ): Promise<boolean> {
    const left = partial.bytes;
    try {
      await fill(partial);
      if (partial.digest() !== digest && left > 0) {
        await partial.restart();
        await fill(partial);
      }
    } catch (error) {
      await partial.release();
      throw error;
    }
    const isRight = partial.digest() === digest;
    await (isRight ? partial.publish(this.pathOf(digest)) : partial.discard());
    return isRight;
  }

  private pathOf(digest: Digest): string {
    return join(this.directory, blobPath(digest));
  }
}

/** The time of change says it to whoever prunes: systems do not keep that of access. */
async function markUsed(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(() => undefined);
}

async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  const file = await restored(() => open(path));
  yield* file.createReadStream();
}

/** Whoever prunes may take a file away for a moment, sees that it is used, and puts it back. */
async function restored<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOENT') throw error;
    await setTimeout(RESTORED_MS);
    return read();
  }
}

const RESTORED_MS = 100;

function changed(file: string, actual: Digest): OciImageError {
  return new OciImageError(`the cached layer is not what its name says: it has the digest ${actual}`, {
    location: { file },
    advice: 'remove the file, and it will be fetched again',
  });
}
