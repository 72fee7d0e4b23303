import { damaged } from './tar-header';
import type { TarBytes } from './tar-entry';

/** The bytes of an archive that comes as a stream; holds one chunk of it at a time. */
export class StreamBytes implements TarBytes {
  private readonly chunks: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);
  private cutBytes = 0;

  constructor(
    source: AsyncIterable<Buffer>,
    readonly where: string,
  ) {
    this.chunks = source[Symbol.asyncIterator]();
  }

  /** How many bytes have been given out. */
  get position(): number {
    return this.cutBytes;
  }

  /** Passes over everything before a position. @throws OciImageError where the archive ends before. */
  async skipTo(position: number): Promise<void> {
    for await (const part of this.take(position - this.cutBytes)) void part;
  }

  async read(length: number): Promise<Buffer | undefined> {
    if (length === 0) return Buffer.alloc(0);
    if (!(await this.refill())) return undefined;
    if (this.rest.length >= length) return this.cut(length);
    const parts: Buffer[] = [];
    for await (const part of this.take(length)) parts.push(part);
    return Buffer.concat(parts, length);
  }

  /** The next `length` bytes, in pieces. @throws OciImageError where the archive ends before. */
  async *take(length: number): AsyncGenerator<Buffer> {
    let left = length;
    while (left > 0) {
      if (!(await this.refill())) throw damaged(this.where, 'it is cut off');
      const part = this.cut(Math.min(left, this.rest.length));
      left -= part.length;
      yield part;
    }
  }

  /** Reads to the end, so that whoever counts or hashes the stream sees all of it. */
  async drain(): Promise<void> {
    while (await this.refill()) this.rest = Buffer.alloc(0);
  }

  private async refill(): Promise<boolean> {
    while (this.rest.length === 0) {
      const next = await this.chunks.next();
      if (next.done) return false;
      this.rest = next.value;
    }
    return true;
  }

  private cut(length: number): Buffer {
    const part = this.rest.subarray(0, length);
    this.cutBytes += part.length;
    this.rest = this.rest.subarray(length);
    return part;
  }
}
