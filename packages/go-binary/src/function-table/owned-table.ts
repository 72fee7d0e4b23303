import { Damage } from '../elf/damage';

/** More than any program has, and few enough that a place and an owner fit into one number. */
const MAX_OWNERS = 2 ** 21;

/**
 * A table whose entries the linker keeps once, however many functions refer to them. Only where an entry begins is
 * known: it ends where the next one begins.
 */
export class OwnedTable {
  private readonly references: number[] = [];

  /**
   * @param offset Where the entry begins: 32 bits.
   * @param owner From 0.
   * @throws Damage for too many owners.
   */
  add(offset: number, owner: number): void {
    if (owner >= MAX_OWNERS) throw new Damage();
    this.references.push(offset * MAX_OWNERS + owner);
  }

  /**
   * Gives each owner what it alone refers to.
   * @param end Where the last entry ends; where that is not known, it counts for nothing.
   * @returns The bytes of entries with several owners.
   * @throws Damage where an entry begins behind the end.
   */
  share(end: number | undefined, give: (owner: number, bytes: number) => void): number {
    const sorted = Float64Array.from(this.references).sort();
    let shared = 0;
    for (let at = 0; at < sorted.length;) {
      const { offset, owner } = referenceAt(sorted, at);
      let isShared = false;
      let next = at + 1;
      while (next < sorted.length && referenceAt(sorted, next).offset === offset) {
        if (referenceAt(sorted, next).owner !== owner) isShared = true;
        next++;
      }
      const entryEnd = next < sorted.length ? referenceAt(sorted, next).offset : (end ?? offset);
      if (end !== undefined && Math.max(offset, entryEnd) > end) {
        throw new Damage();
      }
      if (isShared) shared += entryEnd - offset;
      else give(owner, entryEnd - offset);
      at = next;
    }
    return shared;
  }
}

function referenceAt(sorted: Float64Array, at: number): { offset: number; owner: number } {
  const reference = sorted[at] ?? 0;
  const offset = Math.floor(reference / MAX_OWNERS);
  return { offset, owner: reference - offset * MAX_OWNERS };
}
