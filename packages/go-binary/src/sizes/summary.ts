import type { BuildInfo } from '../build-info/build-info';
import { moduleFinder, versionOf } from '../packages/module-of';
import type { FunctionCounts } from './function-counts';
import type { PackageLedger } from './package-ledger';
import type { PartKind } from './part-kinds';
import type { PartLedger } from './part-ledger';
import type { ModuleSize, PackageSize, ProgramSizes, UnattributedSize } from './sizes';

interface Counted {
  readonly bytes: number;
  readonly buildInfo: BuildInfo;
  readonly parts: PartLedger;
  readonly packages: PackageLedger;
  readonly functions: FunctionCounts;
}

/** Puts together what was counted. */
export function summarize(counted: Counted): ProgramSizes {
  const { bytes, buildInfo, parts } = counted;
  const packages = packageSizes(counted);
  return {
    ...{ bytes, goVersion: buildInfo.goVersion },
    sections: parts.parts.map(({ name, size }) => ({ name, bytes: size })),
    ...{ packages, modules: moduleSizes(packages, buildInfo), unattributed: unattributedSizes(counted) },
  };
}

function packageSizes({ packages, buildInfo }: Counted): PackageSize[] {
  const moduleOf = moduleFinder(buildInfo);
  return packages.entries
    .flatMap(({ importPath: own, functionBytes, functionTableBytes, dataBytes }) => {
      if (own === undefined) return [];
      const importPath = own === 'main' ? (buildInfo.path ?? own) : own;
      const bytes = functionBytes + functionTableBytes + dataBytes;
      if (bytes === 0) return [];
      return [
        { importPath, module: moduleOf(importPath), bytes, functionBytes, functionTableBytes, dataBytes },
      ];
    })
    .sort((one, other) => other.bytes - one.bytes || inOrder(one.importPath, other.importPath));
}

function moduleSizes(packages: readonly PackageSize[], buildInfo: BuildInfo): ModuleSize[] {
  const sums = new Map<string, number>();
  for (const { module, bytes } of packages) {
    if (module !== undefined) sums.set(module, (sums.get(module) ?? 0) + bytes);
  }
  return [...sums]
    .map(([path, bytes]) => ({ path, version: versionOf(buildInfo, path), bytes }))
    .sort((one, other) => other.bytes - one.bytes || inOrder(one.path, other.path));
}

const WHAT: Readonly<Record<PartKind, string>> = {
  code: 'machine code of no package',
  constants: 'types, strings and other constants',
  variables: 'variables',
  'function table': 'function table: header and index',
  DWARF: 'debug information (DWARF)',
  symbols: 'symbol table',
  linking: 'dynamic linking',
  notes: 'build information and notes',
  headers: 'headers and alignment',
  behind: 'behind the last section',
  other: 'other sections',
};

function unattributedSizes({ parts, packages, functions }: Counted): UnattributedSize[] {
  const sums = new Map<string, number>();
  const add = (what: string, bytes: number): void => void sums.set(what, (sums.get(what) ?? 0) + bytes);
  for (const part of parts.parts) add(WHAT[part.kind], parts.restOf(part));
  for (const { importPath, functionBytes, functionTableBytes } of packages.entries) {
    if (importPath !== undefined) continue;
    add(WHAT.code, functionBytes);
    add(SHARED, functionTableBytes);
  }
  add('alignment of functions', functions.codeAlignmentBytes);
  add(SHARED, functions.sharedTableBytes + functions.sharedDataBytes);
  add('function table: names of files', functions.fileNameBytes);
  add(WHAT['function table'], functions.indexBytes);
  return [...sums]
    .map(([what, bytes]) => ({ what, bytes }))
    .filter(({ bytes }) => bytes > 0)
    .sort((one, other) => other.bytes - one.bytes || inOrder(one.what, other.what));
}

const SHARED = 'function table: of several packages or none';

function inOrder(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
