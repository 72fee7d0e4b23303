import type { Elf, Range } from '../elf/elf';
import { Fields } from '../elf/fields';
import { notWhole, readWhole } from '../elf/program-bytes';
import { GoBinaryError } from '../errors';
import { type FunctionTableHeader, type HeaderProblem, KNOWN_MAGIC, parseHeader } from './header';

/** The table in which a Go program tells its runtime of its functions. Stripping leaves it. */
export interface FunctionTable {
  readonly header: FunctionTableHeader;
  /** From the header to the end of the section, or of what else the table lies in. */
  readonly fields: Fields;
  /** Where {@link fields} lie in the file. */
  readonly range: Range;
  readonly address: number;
  /** The size of the whole file: nothing in it can be larger. */
  readonly fileBytes: number;
  /** The linker's trampolines have no tables that say how long they are; absent where they are unaligned. */
  readonly trampolineBytes?: number;
}

/** Trampolines of RISC-V are two instructions. `trampoline` in cmd/link/internal/riscv64/asm.go */
function factsOf({ machine, program }: Elf): Pick<FunctionTable, 'fileBytes' | 'trampolineBytes'> {
  return { fileBytes: program.size, trampolineBytes: machine === RISCV ? 8 : undefined };
}

const RISCV = 243;

/**
 * Where the linker of Go itself makes the program, the table is a section. The system's linker puts it among other
 * constants, where a position-independent program has it.
 * @param goVersion Names the release in errors.
 * @throws GoBinaryError for a program that has none, or one in another format, or a damaged one.
 */
export async function locateFunctionTable(elf: Elf, goVersion: string): Promise<FunctionTable> {
  const own = elf.sections.find(({ name, isInFile }) => isInFile && name.endsWith('.gopclntab'));
  if (own) {
    const fields = new Fields(await readWhole(elf.program, own), elf);
    const header = parseHeader(fields, elf);
    if ('kind' in header) throw unreadable(elf, header, goVersion);
    return { header, fields, range: own, address: own.address, ...factsOf(elf) };
  }
  for (const place of placesOf(elf)) {
    const found = await findTable(elf, place);
    if (found) return found;
  }
  throw new GoBinaryError(`this program of ${goVersion} has no function table that can be read`, {
    location: { file: elf.program.where },
    advice: 'take a program as `go build` (Go 1.20 or newer) made it',
  });
}

type Place = Range & { readonly address: number };

function placesOf({ sections, segments }: Elf): readonly Place[] {
  const places =
    sections.length > 0 ? sections.filter(({ isInFile, address }) => isInFile && address > 0) : segments;
  return places.filter(({ isExecutable, size }) => !isExecutable && size > 0);
}

async function findTable(elf: Elf, place: Place): Promise<FunctionTable | undefined> {
  const bytes = await readWhole(elf.program, place);
  const start = Buffer.from(elf.isLittle ? [0xf1, 0xff, 0xff, 0xff, 0, 0] : [0xff, 0xff, 0xff, 0xf1, 0, 0]);
  for (let at = bytes.indexOf(start); at !== -1; at = bytes.indexOf(start, at + 1)) {
    const fields = new Fields(bytes.subarray(at), elf);
    const header = parseHeader(fields, elf);
    if ('kind' in header || header.functionCount === 0) continue;
    const range = { offset: place.offset + at, size: place.size - at };
    return { header, fields, range, address: place.address + at, ...factsOf(elf) };
  }
  return undefined;
}

function unreadable(elf: Elf, problem: HeaderProblem, goVersion: string): GoBinaryError {
  if (problem.kind === 'damaged') return notWhole(elf.program, 'its function table is damaged');
  const location = { file: elf.program.where };
  if (problem.kind === 'older') {
    return new GoBinaryError(`this program was built by ${problem.release}`, {
      ...{ location, advice: 'build it with Go 1.20 or newer' },
    });
  }
  return new GoBinaryError(
    `the function table of this program of ${goVersion} has a format that is not known: 0x${problem.magic.toString(16)}, not 0x${KNOWN_MAGIC.toString(16)}`,
    { location, advice: 'take a newer release of go-docker where Go is newer' },
  );
}
