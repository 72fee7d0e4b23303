import type { Elf } from '../elf/elf';
import { Fields } from '../elf/fields';
import { readWhole } from '../elf/program-bytes';
import type { FunctionTable } from './locate';

/** Addresses from the variable in which a program tells its runtime where everything is. */
export interface ModuleData {
  /** Stack maps and inlined calls, which the structures of functions refer to by their offset from here. */
  readonly functionData: number;
  /** Where function data ends that lies in the function table, as it does since Go 1.26. */
  readonly functionDataEnd?: number;
}

/**
 * `moduledata` in https://github.com/golang/go/blob/go1.27.0/src/runtime/symtab.go, and the same file of the releases
 * before. It changes without a sign in the program, so it is read of releases only that are known.
 * @returns undefined for another release, and for a program that gets its addresses when it is loaded.
 */
export async function findModuleData(
  elf: Elf,
  table: FunctionTable,
  goVersion: string,
): Promise<ModuleData | undefined> {
  const layout = layoutOf(goVersion);
  if (!layout) return undefined;
  const wordBytes = elf.is64 ? 8 : 4;
  const places = elf.sections.length > 0 ? elf.sections.filter(({ isInFile }) => isInFile) : elf.segments;
  for (const place of places.filter(({ isWritable }) => isWritable)) {
    const bytes = await readWhole(elf.program, place);
    const fields = new Fields(bytes, elf);
    const pointer = wordOf(elf, table.address);
    for (let at = bytes.indexOf(pointer); at !== -1; at = bytes.indexOf(pointer, at + 1)) {
      const word = (index: number): number => fields.word(at + index * wordBytes);
      if (at + layout.words * wordBytes > bytes.length || !isModuleData(word, table)) continue;
      const [functionData, findTable] = [word(layout.functionData), word(FIND_TABLE)];
      return { functionData, functionDataEnd: findTable > functionData ? findTable : undefined };
    }
  }
  return undefined;
}

const FIND_TABLE = 19;

function layoutOf(goVersion: string): { functionData: number; words: number } | undefined {
  const minor = Number(/\bgo1\.(\d+)/.exec(goVersion)?.[1]);
  if (minor >= 20 && minor <= 26) return { functionData: 40, words: 41 };
  return minor === 27 ? { functionData: 43, words: 44 } : undefined;
}

function wordOf({ is64, isLittle }: Elf, value: number): Buffer {
  const halves = is64 ? [Math.floor(value / 2 ** 32), value] : [value];
  // Addresses of a damaged program may be too large: `>>>` cuts them off.
  const bytes = Buffer.alloc(halves.length * 4);
  halves.forEach((half, at) => bytes.writeUInt32BE(half >>> 0, at * 4));
  return isLittle ? bytes.reverse() : bytes;
}

/** It begins with the addresses of the function table's parts. */
function isModuleData(word: (index: number) => number, { address, header }: FunctionTable): boolean {
  return (
    word(1) === address + header.names &&
    word(4) === address + header.units &&
    word(7) === address + header.files &&
    word(10) === address + header.counters &&
    word(13) === address + header.functions
  );
}
