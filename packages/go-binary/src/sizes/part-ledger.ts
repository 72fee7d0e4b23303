import { Damage } from '../elf/damage';
import type { FilePart } from './file-parts';

/** Counts what is left of the parts of a file, so that no byte counts twice. */
export class PartLedger {
  private readonly claimed = new Map<FilePart, number>();

  constructor(readonly parts: readonly FilePart[]) {}

  /** @throws Damage where the part has not so many bytes left. */
  claim(part: FilePart | undefined, bytes: number): void {
    if (bytes === 0) return;
    if (!part || bytes < 0 || bytes > this.restOf(part)) throw new Damage();
    this.claimed.set(part, (this.claimed.get(part) ?? 0) + bytes);
  }

  restOf(part: FilePart): number {
    return part.size - (this.claimed.get(part) ?? 0);
  }

  atOffset(offset: number): FilePart | undefined {
    return this.parts.find((part) => offset >= part.offset && offset < part.offset + part.size);
  }

  atAddress(address: number): FilePart | undefined {
    return this.parts.find(
      (part) => part.address > 0 && address >= part.address && address < part.address + part.size,
    );
  }

  /** Where Go's own machine code is. */
  code(): FilePart | undefined {
    const parts = this.parts.filter(({ kind }) => kind === 'code');
    return parts.find(({ name }) => name === '.text') ?? parts.sort((one, other) => other.size - one.size)[0];
  }
}
