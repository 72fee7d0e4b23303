import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bytes } from '../blobs/digest';
import { diskFailure } from '../disk-failure';

/** Bytes on the disk under no name, so that nothing is left of them however the process ends. */
export class Spool {
  private constructor(private readonly file: FileHandle) {
    forgotten.register(this, file);
  }

  /**
   * @param folder Where there is space for them.
   * @param what What could not be done, for errors.
   * @throws OciImageError where the disk does not take them; what the bytes end with.
   */
  static async of(bytes: AsyncIterable<Buffer>, folder: string, what: string): Promise<Spool> {
    const path = join(folder, `go-docker-${randomUUID()}.tmp`);
    let file: FileHandle | undefined;
    try {
      file = await open(path, 'wx+', 0o600);
      await rm(path);
      for await (const chunk of bytes) await file.writeFile(chunk);
      return new Spool(file);
    } catch (error) {
      await file?.close();
      throw diskFailure(what, folder, error);
    }
  }

  async *read(from: Bytes, size: Bytes): AsyncGenerator<Buffer> {
    for (let done = 0; done < size;) {
      const length = Math.min(CHUNK_BYTES, size - done);
      const { bytesRead, buffer } = await this.file.read(Buffer.alloc(length), 0, length, from + done);
      if (bytesRead === 0) throw new Error('A spool is read beyond its end');
      yield buffer.subarray(0, bytesRead);
      done += bytesRead;
    }
  }
}

const CHUNK_BYTES = 64 * 1024;

/** Nobody says when a file of an image is opened for the last time; the disk gets its space back when nobody can any more. */
const forgotten = new FinalizationRegistry<FileHandle>((file) => void file.close().catch(() => undefined));
