import type { Elf, Section } from '../elf/elf';
import { Fields } from '../elf/fields';
import { readWhole } from '../elf/program-bytes';
import { readStrings, stringAt } from '../elf/strings';
import { packageOfSymbol } from '../packages/symbol-package';
import type { PackageLedger } from './package-ledger';
import type { PartLedger } from './part-ledger';

/**
 * Counts variables and constants by package, of a program that has kept its symbol table.
 * https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.symtab.html
 * @throws GoBinaryError or Damage for a damaged table.
 */
export async function countDataSymbols(elf: Elf, packages: PackageLedger, parts: PartLedger): Promise<void> {
  const table = elf.sections.find(({ type }) => type === SYMBOL_TABLE);
  const strings = table && elf.sections[table.link];
  if (!table?.isInFile || !strings?.isInFile) return;
  const names = await readStrings(elf.program, strings);
  const places = elf.sections.map((section) => dataPartOf(section, parts));
  const symbols = dataSymbols(elf, await readWhole(elf.program, table)).filter(
    ({ section }) => places[section],
  );
  let end = 0;
  // Names of one address, or tables that another symbol is a part of, count once.
  for (const { section, address, size, nameAt } of symbols.sort(
    (one, other) => one.address - other.address,
  )) {
    const part = places[section];
    const name = stringAt(names, nameAt);
    const [start, behind] = [Math.max(address, end), address + size];
    if (!part || behind <= start || behind > part.address + part.size || !isOfPackage(name, packages))
      continue;
    parts.claim(part, behind - start);
    packages.at(packages.placeOf(name)).dataBytes += behind - start;
    end = behind;
  }
}

const SYMBOL_TABLE = 2;
const OBJECT = 1;

function dataPartOf(section: Section, parts: PartLedger): ReturnType<PartLedger['atOffset']> {
  const part = section.isInFile && section.address > 0 ? parts.atOffset(section.offset) : undefined;
  return part && (part.kind === 'constants' || part.kind === 'variables') ? part : undefined;
}

interface DataSymbol {
  readonly nameAt: number;
  readonly section: number;
  readonly address: number;
  readonly size: number;
}

function dataSymbols({ is64, isLittle }: Elf, table: Buffer): DataSymbol[] {
  const fields = new Fields(table, { is64, isLittle });
  const entryBytes = is64 ? 24 : 16;
  const symbols: DataSymbol[] = [];
  for (let at = 0; at + entryBytes <= table.length; at += entryBytes) {
    const kind = (table[at + (is64 ? 4 : 12)] ?? 0) & 0xf;
    const size = fields.word(at + (is64 ? 16 : 8));
    if (kind !== OBJECT || size === 0) continue;
    symbols.push({
      nameAt: fields.u32(at),
      section: fields.u16(at + (is64 ? 6 : 14)),
      address: fields.word(at + (is64 ? 8 : 4)),
      size,
    });
  }
  return symbols;
}

/** Tables that the linker has made, of the whole program. */
const OF_THE_LINKER = /^runtime\.(findfunctab|typelink|itablink|gcdata|gcbss|modinfo\.str|firstmoduledata)$/;

/** C compilers number static variables (`buffer.1`), which looks like a variable in a package without a domain. */
function isOfPackage(name: string, packages: PackageLedger): boolean {
  const importPath = OF_THE_LINKER.test(name) ? undefined : packageOfSymbol(name);
  return importPath !== undefined && (importPath.includes('/') || packages.has(importPath));
}
