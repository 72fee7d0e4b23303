import { FunctionNames } from '../function-table/function-names';
import { visitFunctions } from '../function-table/functions';
import type { FunctionTable } from '../function-table/locate';
import { OwnedTable } from '../function-table/owned-table';
import type { PackageLedger } from './package-ledger';

/** What a function table is spent on besides what it gives to packages. */
export interface FunctionCounts {
  /** All machine code that the table tells of, with what aligns it. */
  readonly codeBytes: number;
  readonly codeAlignmentBytes: number;
  /** The table from its header to its last structure. */
  readonly tableBytes: number;
  /** Of {@link tableBytes}, what functions of several packages refer to. */
  readonly sharedTableBytes: number;
  readonly fileNameBytes: number;
  /** Of {@link tableBytes}, the header, and what else counts to no function. */
  readonly indexBytes: number;
  /** Stack maps and inlined calls, wherever they are. */
  readonly dataBytes: number;
  /** Of {@link dataBytes}, what functions of several packages refer to. */
  readonly sharedDataBytes: number;
}

/** Where the data of functions is known to be. */
export interface FunctionDataPlace {
  /** Counted from where it begins. */
  readonly end?: number;
}

/**
 * Counts the functions of a program by package.
 * @param data Absent where it is not known; then it counts for nothing.
 * @throws Damage for a damaged table.
 */
export function countFunctions(
  table: FunctionTable,
  data: FunctionDataPlace | undefined,
  packages: PackageLedger,
): FunctionCounts {
  const { header, fields } = table;
  let given = 0;
  const give = (place: number, bytes: number): void => {
    packages.at(place).functionTableBytes += bytes;
    given += bytes;
  };
  const names = new FunctionNames(
    fields.bytes.subarray(header.names, header.units),
    (name) => packages.placeOf(name),
    give,
  );
  const [units, counters, functionData] = [new OwnedTable(), new OwnedTable(), new OwnedTable()];
  let [codeBytes, codeAlignmentBytes] = [0, 0];
  const tableBytes = visitFunctions(table, (one) => {
    const place = names.ownerAt(one.nameAt);
    packages.at(place).functionBytes += one.codeBytes;
    codeBytes += one.span;
    codeAlignmentBytes += one.span - one.codeBytes;
    give(place, one.tableBytes);
    if (one.unitAt !== undefined) units.add(one.unitAt, place);
    for (const at of one.countersAt) counters.add(at, place);
    if (data) for (const at of one.dataAt) functionData.add(at, place);
  });
  const sharedTableBytes =
    units.share(header.files - header.units, give) + counters.share(header.functions - header.counters, give);
  const fileNameBytes = header.counters - header.files;
  const givenOfTable = given;
  const sharedDataBytes = functionData.share(data?.end, give);
  return {
    ...{ codeBytes, codeAlignmentBytes, tableBytes, sharedTableBytes, fileNameBytes },
    indexBytes: tableBytes - givenOfTable - sharedTableBytes - fileNameBytes,
    dataBytes: given - givenOfTable + sharedDataBytes,
    sharedDataBytes,
  };
}
