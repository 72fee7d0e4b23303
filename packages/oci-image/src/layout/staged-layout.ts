import { createWriteStream } from 'node:fs';
import { access, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { blobPath, digestOf } from '../blobs/digest';
import { flow, type Stage } from '../blobs/flow';
import { meter, type Measure } from '../blobs/meter';
import { diskFailure } from '../disk-failure';
import { OciImageError } from '../errors';
import type { Digest } from '../image';
import type { Descriptor } from './layout';

/** A layout that is being written beside its place, and takes it when it is whole. */
export class StagedLayout {
  private partials = 0;

  private constructor(
    private readonly directory: string,
    private readonly staging: string,
  ) {}

  /** @throws OciImageError where the directory is there already or cannot be made. */
  static async create(directory: string): Promise<StagedLayout> {
    if (await exists(directory)) {
      throw new OciImageError('the image layout is not written over what is there already', {
        location: { file: directory },
        advice: 'remove it, or write somewhere else',
      });
    }
    const parent = dirname(directory);
    try {
      await mkdir(parent, { recursive: true });
      const layout = new StagedLayout(directory, await mkdtemp(join(parent, `.${basename(directory)}-`)));
      await mkdir(join(layout.staging, 'blobs', 'sha256'), { recursive: true });
      return layout;
    } catch (error) {
      throw unwritable(directory, error);
    }
  }

  /** @returns Digest and size of the blob that comes out of the last stage. */
  async addStream(source: Readable, stages: readonly Stage[], signal?: AbortSignal): Promise<Measure> {
    const blob = meter();
    await this.addWritten(async (partial) => {
      await flow(source, [...stages, blob.stage], createWriteStream(partial), signal);
      return blob.result();
    });
    return blob.result();
  }

  /**
   * Takes a blob that `write` puts into a file. Several may be written at once.
   *
   * @param write Gives what it has written; undefined: nothing, and there is no file.
   */
  async addWritten<T extends { readonly digest: Digest }>(
    write: (file: string) => Promise<T | undefined>,
  ): Promise<T | undefined> {
    const partial = join(this.staging, `partial-${this.partials++}`);
    const written = await write(partial);
    if (written) await rename(partial, this.pathOf(written.digest));
    return written;
  }

  async addBytes(mediaType: string, text: string): Promise<Descriptor> {
    const bytes = Buffer.from(text);
    const digest = digestOf(bytes);
    await writeFile(this.pathOf(digest), bytes);
    return { mediaType, digest, size: bytes.length };
  }

  async addFile(name: string, text: string): Promise<void> {
    await writeFile(join(this.staging, name), text);
  }

  pathOf(digest: Digest): string {
    return join(this.staging, blobPath(digest));
  }

  async publish(): Promise<void> {
    await rename(this.staging, this.directory);
  }

  async discard(): Promise<void> {
    await rm(this.staging, { recursive: true, force: true });
  }

  /** @returns What to throw for an error that ended the writing. */
  explain(error: unknown, signal: AbortSignal | undefined): unknown {
    if (signal?.aborted) return signal.reason;
    return unwritable(this.directory, error);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}

function unwritable(directory: string, error: unknown): unknown {
  return diskFailure('the image layout cannot be written', directory, error);
}
