import { Damage } from './damage';

/** How a program writes its numbers. */
export interface Encoding {
  readonly is64: boolean;
  readonly isLittle: boolean;
}

/** The numbers in a part of a program. Reading behind its end throws {@link Damage}. */
export class Fields {
  constructor(
    readonly bytes: Buffer,
    private readonly encoding: Encoding,
  ) {}

  u16(at: number): number {
    this.check(at + 2);
    return this.encoding.isLittle ? this.bytes.readUInt16LE(at) : this.bytes.readUInt16BE(at);
  }

  u32(at: number): number {
    this.check(at + 4);
    return this.encoding.isLittle ? this.bytes.readUInt32LE(at) : this.bytes.readUInt32BE(at);
  }

  /** As wide as an address. No file is so large that this loses digits; addresses of a damaged one may. */
  word(at: number): number {
    if (!this.encoding.is64) return this.u32(at);
    const [low, high] = this.encoding.isLittle ? [at, at + 4] : [at + 4, at];
    return this.u32(high) * 2 ** 32 + this.u32(low);
  }

  private check(end: number): void {
    if (end > this.bytes.length) throw new Damage();
  }
}
