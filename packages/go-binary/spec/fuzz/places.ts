import { readElf } from '../../src/elf/elf';
import { withProgram } from '../../src/elf/program-bytes';
import { locateFunctionTable } from '../../src/function-table/locate';
import type { DamagePlace } from './damage';

/** @returns The whole file first, then what tells where everything else is. */
export async function interestingPlaces(bytes: Buffer): Promise<readonly DamagePlace[]> {
  return withProgram(bytes, async (program) => {
    const elf = await readElf(program);
    const { header, range } = await locateFunctionTable(elf, 'the program');
    const sections = elf.sections.filter(({ name }) =>
      ['.gopclntab', '.symtab', '.strtab', '.go.buildinfo', '.go.module', '.shstrtab'].includes(name),
    );
    return [
      { offset: 0, size: bytes.length },
      ...elf.headers,
      ...sections,
      { offset: range.offset, size: 72 },
      { offset: range.offset + header.functions, size: range.size - header.functions },
      { offset: range.offset + header.counters, size: header.functions - header.counters },
    ];
  });
}
