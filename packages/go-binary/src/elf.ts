import { GoBinaryError } from './errors';
import type { ProgramBytes } from './program-bytes';

/** A part of the file. */
export interface Range {
  readonly offset: number;
  readonly size: number;
}

/**
 * Finds where the linker puts what it wants to say about a Go program: its own section, or where sections were
 * stripped, the first segment of data.
 * https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html, chapters 4 and 5
 * @throws GoBinaryError for a file that is no ELF program, or is cut off.
 */
export async function findBuildInfoRange(program: ProgramBytes): Promise<Range | undefined> {
  const elf = await readHeader(program);
  return (await findSection(elf, '.go.buildinfo')) ?? (await findDataSegment(elf));
}

interface Table {
  readonly offset: number;
  readonly entrySize: number;
  readonly count: number;
}

interface Elf {
  readonly program: ProgramBytes;
  readonly is64: boolean;
  readonly isLittle: boolean;
  readonly segments: Table;
  readonly sections: Table;
  readonly namesIndex: number;
}

async function readHeader(program: ProgramBytes): Promise<Elf> {
  const ident = await program.read(0, 16);
  if (!ident.subarray(0, 4).equals(Buffer.from('\x7fELF', 'latin1'))) {
    throw new GoBinaryError('this is no ELF program', {
      location: { file: program.where },
      advice: 'build it for linux: GOOS=linux go build',
    });
  }
  const [classByte, dataByte] = [ident[4], ident[5]];
  const isKnown = (classByte === 1 || classByte === 2) && (dataByte === 1 || dataByte === 2);
  if (!isKnown) throw cutOff(program, 'its ELF header is damaged');
  const is64 = classByte === 2;
  const isLittle = dataByte === 1;
  const fields = new Fields(await readWhole(program, { offset: 0, size: is64 ? 64 : 52 }), is64, isLittle);
  const [tables, counts] = is64 ? [32, 54] : [28, 42];
  return {
    ...{ program, is64, isLittle },
    segments: { offset: fields.word(tables), entrySize: fields.u16(counts), count: fields.u16(counts + 2) },
    sections: {
      offset: fields.word(tables + (is64 ? 8 : 4)),
      ...{ entrySize: fields.u16(counts + 4), count: fields.u16(counts + 6) },
    },
    namesIndex: fields.u16(counts + 8),
  };
}

/** @throws GoBinaryError where the program ends before. */
export async function readWhole(program: ProgramBytes, { offset, size }: Range): Promise<Buffer> {
  const bytes =
    offset <= program.size ? await program.read(offset, Math.min(size, program.size - offset)) : undefined;
  if (!bytes || bytes.length < size) throw cutOff(program, 'it is cut off');
  return bytes;
}

function cutOff(program: ProgramBytes, what: string): GoBinaryError {
  return new GoBinaryError(`the program is not whole: ${what}`, {
    location: { file: program.where },
    advice: 'build it again',
  });
}

const SECTION_WITHOUT_BYTES = 8;

async function findSection(elf: Elf, name: string): Promise<Range | undefined> {
  const { is64, namesIndex } = elf;
  const sections = (await readTable(elf, elf.sections, is64 ? 64 : 40)).map((fields) => ({
    name: fields.u32(0),
    type: fields.u32(4),
    offset: fields.word(is64 ? 24 : 16),
    size: fields.word(is64 ? 32 : 20),
  }));
  const names = sections[namesIndex];
  if (!names) return undefined;
  const wanted = Buffer.from(`${name}\0`, 'latin1');
  for (const section of sections) {
    if (section.type === SECTION_WITHOUT_BYTES || section.name + wanted.length > names.size) continue;
    const found = await readWhole(elf.program, { offset: names.offset + section.name, size: wanted.length });
    if (found.equals(wanted)) return section;
  }
  return undefined;
}

const LOADED = 1;
const EXECUTABLE = 1;
const WRITABLE = 2;

async function findDataSegment(elf: Elf): Promise<Range | undefined> {
  const { is64 } = elf;
  for (const fields of await readTable(elf, elf.segments, is64 ? 56 : 32)) {
    const flags = fields.u32(is64 ? 4 : 24);
    if (fields.u32(0) === LOADED && (flags & (EXECUTABLE | WRITABLE)) === WRITABLE) {
      return { offset: fields.word(is64 ? 8 : 4), size: fields.word(is64 ? 32 : 16) };
    }
  }
  return undefined;
}

async function readTable(elf: Elf, { offset, entrySize, count }: Table, expected: number): Promise<Fields[]> {
  if (count === 0) return [];
  if (entrySize !== expected) throw cutOff(elf.program, 'its ELF header is damaged');
  const bytes = await readWhole(elf.program, { offset, size: entrySize * count });
  return Array.from(
    { length: count },
    (_, at) => new Fields(bytes.subarray(at * entrySize, (at + 1) * entrySize), elf.is64, elf.isLittle),
  );
}

/** The numbers of an ELF structure. */
class Fields {
  constructor(
    private readonly bytes: Buffer,
    private readonly is64: boolean,
    private readonly isLittle: boolean,
  ) {}

  u16(at: number): number {
    return this.isLittle ? this.bytes.readUInt16LE(at) : this.bytes.readUInt16BE(at);
  }

  u32(at: number): number {
    return this.isLittle ? this.bytes.readUInt32LE(at) : this.bytes.readUInt32BE(at);
  }

  /** As wide as an address. No file is so large that this loses digits. */
  word(at: number): number {
    if (!this.is64) return this.u32(at);
    return Number(this.isLittle ? this.bytes.readBigUInt64LE(at) : this.bytes.readBigUInt64BE(at));
  }
}
