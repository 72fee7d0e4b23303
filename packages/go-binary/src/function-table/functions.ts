import { Damage } from '../elf/damage';
import { type FunctionTableHeader, indexBytes } from './header';
import type { FunctionTable } from './locate';

/** What the table says of a function. The arrays are those of the visitor, to be read before the next function. */
export interface TableFunction {
  /** In the table of names. */
  readonly nameAt: number;
  /** Up to the next function. */
  readonly span: number;
  /** Machine code, without what aligns the next function. */
  readonly codeBytes: number;
  /** Its own entry and structure. */
  readonly tableBytes: number;
  /** In the table of units; absent for a function of no unit. */
  readonly unitAt?: number;
  /** In the table of counters. */
  readonly countersAt: readonly number[];
  /** In the data of functions. */
  readonly dataAt: readonly number[];
}

/** Go 1.20 has added the line to `_func` in https://github.com/golang/go/blob/go1.27.0/src/runtime/runtime2.go. */
const STRUCTURE_BYTES = 44;
const NONE = 0xffffffff;

/**
 * Goes through the functions in the order of their code.
 * @returns The offset behind the last structure, from the header.
 * @throws Damage for what no linker writes.
 */
export function visitFunctions(
  { header, fields, trampolineBytes, fileBytes }: FunctionTable,
  visit: (one: TableFunction) => void,
): number {
  const countersAt: number[] = [];
  const dataAt: number[] = [];
  let structuresEnd = header.functions + indexBytes(header);
  let codeEnd = 0;
  for (let index = 0; index < header.functionCount; index++) {
    const entry = header.functions + index * 8;
    const span = fields.u32(entry + 8) - fields.u32(entry);
    const at = header.functions + fields.u32(entry + 4);
    codeEnd += span;
    // They follow each other and are in the file, or a damaged program could take any time.
    if (span < 0 || codeEnd > fileBytes || at < structuresEnd) throw new Damage();
    const counterCount = fields.u32(at + 28);
    const dataCount = fields.bytes[at + 43] ?? 0;
    const tableBytes = STRUCTURE_BYTES + 4 * (counterCount + dataCount);
    structuresEnd = at + tableBytes;
    if (structuresEnd > fields.bytes.length) throw new Damage();

    countersAt.length = dataAt.length = 0;
    // The first three are stack size, file and line.
    for (const own of [16, 20, 24]) keep(countersAt, fields.u32(at + own), 0);
    const arrays = at + STRUCTURE_BYTES;
    for (let of = 0; of < counterCount; of++) keep(countersAt, fields.u32(arrays + of * 4), 0);
    for (let of = 0; of < dataCount; of++) keep(dataAt, fields.u32(arrays + (counterCount + of) * 4), NONE);
    const stackSizes = fields.u32(at + 16);
    const unit = fields.u32(at + 32);
    visit({
      nameAt: fields.u32(at + 4),
      ...{ span, tableBytes: 8 + tableBytes, countersAt, dataAt },
      codeBytes:
        stackSizes === 0
          ? Math.min(span, countersAt.length > 0 ? span : (trampolineBytes ?? span))
          : codeBytes(fields.bytes, header, stackSizes, span),
      unitAt: unit === NONE ? undefined : unit * 4,
    });
  }
  return structuresEnd;
}

function keep(offsets: number[], offset: number, none: number): void {
  if (offset !== none) offsets.push(offset);
}

/**
 * A table of counters has pairs of numbers: by how much the value changes, and for how many instructions it holds. So
 * it ends where the code does. `pcvalue` in https://github.com/golang/go/blob/go1.27.0/src/runtime/symtab.go
 */
function codeBytes(bytes: Buffer, header: FunctionTableHeader, offset: number, span: number): number {
  let at = header.counters + offset;
  let code = 0;
  for (;;) {
    // A change of zero is the end, but for that of the first pair.
    if (bytes[at] === 0 && code > 0) return code;
    at = endOfNumber(bytes, at);
    let length = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = bytes[at++];
      if (byte === undefined || shift > 2 ** 28) throw new Damage();
      length += (byte & 0x7f) * shift;
      if (byte < 0x80) break;
    }
    code += length * header.quantum;
    if (length === 0 || code > span) throw new Damage();
  }
}

function endOfNumber(bytes: Buffer, at: number): number {
  const last = at + MOST_NUMBER_BYTES - 1;
  while ((bytes[at] ?? 0) >= 0x80) if (at++ === last) throw new Damage();
  return at + 1;
}

/** Of 32 bits, seven in each. */
const MOST_NUMBER_BYTES = 5;
