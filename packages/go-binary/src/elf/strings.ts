import { notWhole, type ProgramBytes, readWhole } from './program-bytes';

/** What a text of Node.js holds for certain; no program has so many names, or modules. */
export const MOST_TEXT_BYTES = 2 ** 28;

/** Of a longer name, this much is read: the strings of a table may lie in one another, and so be as many as they are long. */
const MOST_NAME_BYTES = 2_048;

/**
 * A table of strings, each with a zero behind. https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.strtab.html
 * @returns Characters beyond ASCII are in pieces.
 * @throws GoBinaryError where the program ends before, or the table is too large to be one.
 */
export async function readStrings(
  program: ProgramBytes,
  range: { readonly offset: number; readonly size: number },
): Promise<string> {
  if (range.size > MOST_TEXT_BYTES) throw notWhole(program, `its names claim ${range.size} bytes`);
  return (await readWhole(program, range)).toString('latin1');
}

/** The string that begins there. */
export function stringAt(table: string, at: number): string {
  const text = table.slice(at, at + MOST_NAME_BYTES);
  const end = text.indexOf('\0');
  return end === -1 ? text : text.slice(0, end);
}
