import { Damage } from '../elf/damage';
import { MOST_TEXT_BYTES } from '../elf/strings';

/** The names in a function table, each of which counts to an owner. */
export class FunctionNames {
  private readonly starts: number[] = [];
  private readonly owners: number[] = [];

  /**
   * Names of functions that are inlined wherever they are called stand here as well.
   * @param table Strings, each with a zero behind.
   * @param ownerOf Is asked for each name; characters beyond ASCII are in pieces.
   * @param give Gets the bytes of each name.
   * @throws Damage for a table that is too large to be one.
   */
  constructor(
    table: Buffer,
    ownerOf: (name: string) => number,
    give: (owner: number, bytes: number) => void,
  ) {
    if (table.length > MOST_TEXT_BYTES) throw new Damage();
    const text = table.toString('latin1');
    for (let start = 0; start < text.length;) {
      const end = text.indexOf('\0', start);
      if (end === -1) break;
      // Zeros fill the table up.
      if (end > start) {
        const owner = ownerOf(text.slice(start, end));
        this.starts.push(start);
        this.owners.push(owner);
        give(owner, end + 1 - start);
      }
      start = end + 1;
    }
  }

  /** @throws Damage where no name begins. */
  ownerAt(start: number): number {
    let [low, high] = [0, this.starts.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.starts[middle] ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    const owner = this.owners[low];
    if (this.starts[low] !== start || owner === undefined) throw new Damage();
    return owner;
  }
}
