import { buildInfoOf } from '../build-info/read-build-info';
import { Damage } from '../elf/damage';
import { type Elf, readElf } from '../elf/elf';
import { notWhole, withProgram } from '../elf/program-bytes';
import { locateFunctionTable } from '../function-table/locate';
import { findModuleData } from '../function-table/module-data';
import { countDataSymbols } from './data-symbols';
import { filePartsOf } from './file-parts';
import { countFunctions, type FunctionCounts } from './function-counts';
import { PackageLedger } from './package-ledger';
import { PartLedger } from './part-ledger';
import type { ProgramSizes } from './sizes';
import { summarize } from './summary';

/**
 * Says what the bytes of a Go program for linux are spent on, stripped or not. Go 1.20 and newer, as long as the format
 * of the function table is the one that is known; nothing is guessed.
 * @param program Path of a file, or the bytes themselves.
 * @throws GoBinaryError for a file that is no ELF program, was not built by Go, has another format, was packed, or is
 *   damaged or cut off.
 */
export async function programSizes(program: string | Uint8Array): Promise<ProgramSizes> {
  return withProgram(program, async (bytes) => {
    const elf = await readElf(bytes);
    const buildInfo = await buildInfoOf(elf);
    const parts = new PartLedger(filePartsOf(elf));
    const packages = new PackageLedger();
    try {
      const functions = await countAll(elf, buildInfo.goVersion, parts, packages);
      packages.settle();
      return summarize({ bytes: bytes.size, buildInfo, parts, packages, functions });
    } catch (error) {
      // Numbers of a damaged table lead outside of it.
      if (error instanceof Damage) {
        throw notWhole(bytes, 'its function table or symbol table is damaged');
      }
      throw error;
    }
  });
}

async function countAll(
  elf: Elf,
  goVersion: string,
  parts: PartLedger,
  packages: PackageLedger,
): Promise<FunctionCounts> {
  const table = await locateFunctionTable(elf, goVersion);
  const module = await findModuleData(elf, table, goVersion);
  const dataPart = module && parts.atAddress(module.functionData);
  const dataEnd = module?.functionDataEnd;
  const counts = countFunctions(
    table,
    dataPart && { end: dataEnd === undefined ? undefined : dataEnd - module.functionData },
    packages,
  );
  parts.claim(parts.code(), counts.codeBytes);
  parts.claim(parts.atOffset(table.range.offset), counts.tableBytes);
  parts.claim(dataPart, counts.dataBytes);
  await countDataSymbols(elf, packages, parts);
  return counts;
}
