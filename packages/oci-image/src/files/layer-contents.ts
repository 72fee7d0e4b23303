import { Readable } from 'node:stream';
import type { Bytes } from '../blobs/digest';
import type { ArchivedLayer } from '../image';
import { Spool } from './spool';
import { unpackedLayer } from './unpacked-layer';

/**
 * What is in the files of a layer. When the first of them is opened the layer is unpacked, once, and held to its digests before anything
 * of it is given out: another program may have changed it since its files were listed.
 */
export class LayerContents {
  private spool: Promise<Spool> | undefined;

  /** @param where Names the layer in errors. @param folder Where it is unpacked. */
  constructor(
    private readonly layer: ArchivedLayer,
    private readonly where: string,
    private readonly folder: string,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /**
   * @param from Where a file begins in the layer's tar.
   * @returns A stream that ends with an OciImageError where the layer is damaged, or cannot be unpacked on this disk.
   */
  open(from: Bytes, size: Bytes): Readable {
    return Readable.from(this.read(from, size), { objectMode: false });
  }

  private async *read(from: Bytes, size: Bytes): AsyncGenerator<Buffer> {
    if (size === 0) return;
    this.spool ??= Spool.of(
      unpackedLayer(this.layer, this.where, this.signal),
      this.folder,
      `${this.where} cannot be unpacked`,
    );
    yield* (await this.spool).read(from, size);
  }
}
