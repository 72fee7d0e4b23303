import type { Encoding, Fields } from '../elf/fields';

/**
 * What stands at the beginning of the table in which a Go program tells its runtime of its functions. Offsets count
 * from there.
 * Written by `generatePCHeader` in https://github.com/golang/go/blob/go1.27.0/src/cmd/link/internal/ld/pcln.go, read by
 * https://github.com/golang/go/blob/go1.27.0/src/debug/gosym/pclntab.go.
 */
export interface FunctionTableHeader {
  readonly functionCount: number;
  /** The length of the shortest instruction. */
  readonly quantum: number;
  /** Names of functions. */
  readonly names: number;
  /** By compilation unit, which files it consists of. */
  readonly units: number;
  /** Names of files. */
  readonly files: number;
  /** By function, what holds where in it: lines, stack sizes, … */
  readonly counters: number;
  /** An index of the functions, and a structure for each. */
  readonly functions: number;
}

/** The program's way of writing this magic number is what the table begins with, two zeros behind. */
export const KNOWN_MAGIC = 0xfffffff1;

/**
 * The magic numbers of https://github.com/golang/go/blob/go1.27.0/src/internal/abi/symtab.go. Since Go 1.26 the word
 * behind the counts, where the program's code begins, is zero; we have no need of it.
 */
const OLDER_MAGICS: ReadonlyMap<number, string> = new Map([
  [0xfffffff0, 'Go 1.18 or 1.19'],
  [0xfffffffa, 'Go 1.16 or 1.17'],
  [0xfffffffb, 'Go 1.15 or older'],
]);

/** What keeps a table from being read. */
export type HeaderProblem =
  | { readonly kind: 'older'; readonly release: string }
  | { readonly kind: 'unknown'; readonly magic: number }
  | { readonly kind: 'damaged' };

/** @param fields The table, or more. */
export function parseHeader(fields: Fields, { is64 }: Encoding): FunctionTableHeader | HeaderProblem {
  const wordBytes = is64 ? 8 : 4;
  const size = 8 + 8 * wordBytes;
  if (fields.bytes.length < size) return { kind: 'damaged' };
  const magic = fields.u32(0);
  const release = OLDER_MAGICS.get(magic);
  if (release !== undefined) return { kind: 'older', release };
  if (magic !== KNOWN_MAGIC) return { kind: 'unknown', magic };
  const word = (at: number): number => fields.word(8 + at * wordBytes);
  const header = {
    functionCount: word(0),
    quantum: fields.bytes[6] ?? 0,
    ...{ names: word(3), units: word(4), files: word(5), counters: word(6), functions: word(7) },
  };
  const isSound =
    fields.u16(4) === 0 &&
    [1, 2, 4].includes(header.quantum) &&
    fields.bytes[7] === wordBytes &&
    isAscending([size, header.names, header.units, header.files, header.counters, header.functions]) &&
    header.functions + indexBytes(header) <= fields.bytes.length;
  return isSound ? header : { kind: 'damaged' };
}

function isAscending(offsets: readonly number[]): boolean {
  return offsets.every((offset, at) => offset >= (offsets[at - 1] ?? 0));
}

/** Two numbers for each function, and where the last one ends. */
export function indexBytes({ functionCount }: Pick<FunctionTableHeader, 'functionCount'>): number {
  return functionCount * 8 + 4;
}
