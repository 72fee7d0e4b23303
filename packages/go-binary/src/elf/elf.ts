import { GoBinaryError } from '../errors';
import { type Encoding, Fields } from './fields';
import { notWhole, type ProgramBytes, readWhole } from './program-bytes';
import { readStrings, stringAt } from './strings';

/** A part of the file. */
export interface Range {
  readonly offset: number;
  readonly size: number;
}

/** An ELF program. https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html, chapters 4 and 5 */
export interface Elf extends Encoding {
  readonly program: ProgramBytes;
  /** The architecture, as `e_machine` has it. */
  readonly machine: number;
  /** What the program is laid out by for tools; none where they were stripped. */
  readonly sections: readonly Section[];
  /** What the program is loaded by. */
  readonly segments: readonly Segment[];
  /** Where the headers are that tell of all this. */
  readonly headers: readonly (Range & { readonly name: string })[];
}

/** {@link size} is that in memory where {@link isInFile} is false. */
export interface Section extends Range {
  readonly name: string;
  readonly type: number;
  readonly address: number;
  /** The section that this one belongs to, by its place. */
  readonly link: number;
  readonly isInFile: boolean;
  readonly isExecutable: boolean;
  readonly isWritable: boolean;
}

/** A loaded segment; of {@link size} in the file. */
export interface Segment extends Range {
  readonly address: number;
  readonly isExecutable: boolean;
  readonly isWritable: boolean;
}

/** @throws GoBinaryError for a file that is no ELF program, or is cut off. */
export async function readElf(program: ProgramBytes): Promise<Elf> {
  const header = await readHeader(program);
  return {
    ...{ program, is64: header.is64, isLittle: header.isLittle, machine: header.machine },
    segments: await readSegments(program, header),
    sections: await readSections(program, header),
    headers: [
      { name: 'ELF header', offset: 0, size: headerBytes(header) },
      { name: 'program headers', ...rangeOf(header.segments) },
      { name: 'section headers', ...rangeOf(header.sections) },
    ].filter(({ size }) => size > 0),
  };
}

function headerBytes({ is64 }: Encoding): number {
  return is64 ? 64 : 52;
}

function rangeOf({ offset, entrySize, count }: Table): Range {
  return { offset, size: entrySize * count };
}

interface Table {
  readonly offset: number;
  readonly entrySize: number;
  readonly count: number;
}

interface Header extends Encoding {
  readonly machine: number;
  readonly segments: Table;
  readonly sections: Table;
  readonly namesIndex: number;
}

const MAGIC = Buffer.from('\x7fELF', 'latin1');

async function readHeader(program: ProgramBytes): Promise<Header> {
  const ident = await program.read(0, 16);
  if (!ident.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new GoBinaryError('this is no ELF program', {
      location: { file: program.where },
      advice: 'build it for linux: GOOS=linux go build',
    });
  }
  const [classByte, dataByte] = [ident[4], ident[5]];
  const isKnown = (classByte === 1 || classByte === 2) && (dataByte === 1 || dataByte === 2);
  if (!isKnown) throw damaged(program);
  const encoding = { is64: classByte === 2, isLittle: dataByte === 1 };
  const fields = new Fields(await readWhole(program, { offset: 0, size: headerBytes(encoding) }), encoding);
  const [tables, counts] = encoding.is64 ? [32, 54] : [28, 42];
  return {
    ...encoding,
    machine: fields.u16(18),
    segments: { offset: fields.word(tables), entrySize: fields.u16(counts), count: fields.u16(counts + 2) },
    sections: {
      offset: fields.word(tables + (encoding.is64 ? 8 : 4)),
      ...{ entrySize: fields.u16(counts + 4), count: fields.u16(counts + 6) },
    },
    namesIndex: fields.u16(counts + 8),
  };
}

function damaged(program: ProgramBytes): GoBinaryError {
  return notWhole(program, 'its ELF header is damaged');
}

const LOADED = 1;
const SEGMENT_EXECUTABLE = 1;
const SEGMENT_WRITABLE = 2;

async function readSegments(program: ProgramBytes, header: Header): Promise<Segment[]> {
  const { is64 } = header;
  const entries = await readTable(program, header, header.segments, is64 ? 56 : 32);
  return entries
    .filter((fields) => fields.u32(0) === LOADED)
    .map((fields) => {
      const flags = fields.u32(is64 ? 4 : 24);
      return {
        offset: fields.word(is64 ? 8 : 4),
        address: fields.word(is64 ? 16 : 8),
        size: fields.word(is64 ? 32 : 16),
        isExecutable: (flags & SEGMENT_EXECUTABLE) !== 0,
        isWritable: (flags & SEGMENT_WRITABLE) !== 0,
      };
    });
}

/** SHT_NULL has no meaning, SHT_NOBITS is filled with zeros when the program is loaded. */
const NOTHING_IN_FILE: readonly number[] = [0, 8];
const SECTION_WRITABLE = 1;
const SECTION_EXECUTABLE = 4;

async function readSections(program: ProgramBytes, header: Header): Promise<Section[]> {
  const { is64 } = header;
  const entries = await readTable(program, header, header.sections, is64 ? 64 : 40);
  const sections = entries.map((fields) => {
    const [type, flags] = [fields.u32(4), fields.word(8)];
    return {
      ...{ nameAt: fields.u32(0), type },
      address: fields.word(is64 ? 16 : 12),
      offset: fields.word(is64 ? 24 : 16),
      size: fields.word(is64 ? 32 : 20),
      link: fields.u32(is64 ? 40 : 24),
      isInFile: !NOTHING_IN_FILE.includes(type),
      isExecutable: (flags & SECTION_EXECUTABLE) !== 0,
      isWritable: (flags & SECTION_WRITABLE) !== 0,
    };
  });
  const names = sections[header.namesIndex];
  const text = names?.isInFile ? await readStrings(program, names) : '';
  return sections.map(({ nameAt, ...section }) => ({ name: stringAt(text, nameAt), ...section }));
}

async function readTable(
  program: ProgramBytes,
  encoding: Encoding,
  { offset, entrySize, count }: Table,
  expected: number,
): Promise<Fields[]> {
  if (count === 0) return [];
  if (entrySize !== expected) throw damaged(program);
  const bytes = await readWhole(program, { offset, size: entrySize * count });
  return Array.from(
    { length: count },
    (_, at) => new Fields(bytes.subarray(at * entrySize, (at + 1) * entrySize), encoding),
  );
}
