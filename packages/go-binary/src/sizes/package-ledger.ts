import { Damage } from '../elf/damage';
import { packageOfSymbol } from '../packages/symbol-package';
import { packageOfWrapper } from '../packages/wrapper-package';

/** What is counted for a package, or for all functions that name none. */
export interface LedgerEntry {
  /** `main` for the main package; absent for what names no package. */
  readonly importPath?: string;
  functionBytes: number;
  functionTableBytes: number;
  dataBytes: number;
}

/** Counts by package. An entry is known by its place, so that a few numbers stand for many symbols. */
export class PackageLedger {
  readonly entries: LedgerEntry[] = [];
  private readonly places = new Map<string | undefined, number>();

  /** @returns The place of the entry that a symbol counts to. */
  placeOf(symbol: string): number {
    const importPath = packageOfSymbol(symbol);
    const known = this.places.get(importPath);
    if (known !== undefined) return known;
    const place =
      this.entries.push({ importPath, functionBytes: 0, functionTableBytes: 0, dataBytes: 0 }) - 1;
    this.places.set(importPath, place);
    return place;
  }

  /** Counts methods from embedded types to the packages of the types that have them. Once, when all symbols are known. */
  settle(): void {
    for (const entry of this.entries) {
      const owner = entry.importPath && packageOfWrapper(entry.importPath, (path) => this.places.has(path));
      const place = owner === undefined ? undefined : this.places.get(owner);
      if (place === undefined) continue;
      const into = this.at(place);
      into.functionBytes += entry.functionBytes;
      into.functionTableBytes += entry.functionTableBytes;
      into.dataBytes += entry.dataBytes;
      Object.assign(entry, { functionBytes: 0, functionTableBytes: 0, dataBytes: 0 });
    }
  }

  has(importPath: string): boolean {
    return this.places.has(importPath);
  }

  at(place: number): LedgerEntry {
    const entry = this.entries[place];
    if (!entry) throw new Damage();
    return entry;
  }
}
