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
    const sorted = new Float64Array(this.references).sort();
    let shared = 0;
    for (let at = 0; at < sorted.length;) {
      const first = sorted[at] ?? 0;
      const offset = Math.floor(first / MAX_OWNERS);
      const behind = (offset + 1) * MAX_OWNERS;
      let last = first;
      for (at++; at < sorted.length; at++) {
        const reference = sorted[at] ?? 0;
        if (reference >= behind) break;
        last = reference;
      }
      const next = sorted[at];
      const entryEnd = next === undefined ? (end ?? offset) : Math.floor(next / MAX_OWNERS);
      if (end !== undefined && Math.max(offset, entryEnd) > end) throw new Damage();
      // They are sorted by owner, too.
      if (last === first) give(first % MAX_OWNERS, entryEnd - offset);
      else shared += entryEnd - offset;
    }
    return shared;
  }
}
