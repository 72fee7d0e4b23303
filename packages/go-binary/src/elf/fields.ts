import { Damage } from './damage';

/** How a program writes its numbers. */
export interface Encoding {
  readonly is64: boolean;
  readonly isLittle: boolean;
}

/** The numbers in a part of a program. Reading behind its end throws {@link Damage}. */
export class Fields {
  private readonly view: DataView;
  private readonly isLittle: boolean;
  private readonly is64: boolean;

  constructor(
    readonly bytes: Buffer,
    { is64, isLittle }: Encoding,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.is64 = is64;
    this.isLittle = isLittle;
  }

  u16(at: number): number {
    if (at + 2 > this.bytes.length) throw new Damage();
    return this.view.getUint16(at, this.isLittle);
  }

  u32(at: number): number {
    if (at + 4 > this.bytes.length) throw new Damage();
    return this.view.getUint32(at, this.isLittle);
  }

  /** As wide as an address. No file is so large that this loses digits; addresses of a damaged one may. */
  word(at: number): number {
    if (!this.is64) return this.u32(at);
    const [low, high] = this.isLittle ? [at, at + 4] : [at + 4, at];
    return this.u32(high) * 2 ** 32 + this.u32(low);
  }
}
