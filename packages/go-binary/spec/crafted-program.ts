/** A section of a {@link craftedProgram}. */
export interface CraftedSection {
  /** Where its name begins in {@link CraftedParts.names}. */
  readonly nameAt: number;
  readonly type: number;
  readonly bytes: Buffer;
  readonly address?: number;
  readonly link?: number;
  readonly flags?: number;
}

export interface CraftedParts {
  /** Behind those of the function table, the code and the build information, which are 1, 2 and 3. */
  readonly sections?: readonly CraftedSection[];
  /** What the names of sections are taken from, behind those that every program has. */
  readonly names?: Buffer;
  readonly code?: number;
  /** Behind the Go release, which is `go1.26.8`: a length, and as many bytes. */
  readonly modules?: Buffer;
  readonly functionNames?: Buffer;
  readonly counters?: Buffer;
  readonly functions?: readonly CraftedFunction[];
}

export interface CraftedFunction {
  readonly nameAt: number;
  readonly span: number;
  /** In {@link CraftedParts.counters}; 0 where it has none. */
  readonly stackSizesAt: number;
}

const NAMES = Buffer.from('\0.gopclntab\0.text\0.go.buildinfo\0.shstrtab\0');
/** Where {@link CraftedParts.names} begin. */
export const OWN_NAMES = NAMES.length;
const PROGRAM_BITS = 1;
const EXECUTABLE = 4;

/** An ELF program of 64 bits that no linker has made, with every part that is read of a Go program. */
export function craftedProgram(parts: CraftedParts = {}): Buffer {
  const { sections = [], names = Buffer.alloc(0), code = 16 } = parts;
  const all: readonly CraftedSection[] = [
    { nameAt: 0, type: 0, bytes: Buffer.alloc(0) },
    { nameAt: 1, type: PROGRAM_BITS, bytes: functionTable(parts), address: 0x100000 },
    { nameAt: 12, type: PROGRAM_BITS, bytes: Buffer.alloc(code), address: 0x1000, flags: EXECUTABLE },
    { nameAt: 18, type: PROGRAM_BITS, bytes: buildInformation(parts), address: 0x2000 },
    ...sections,
    { nameAt: 32, type: 3, bytes: Buffer.concat([NAMES, names]) },
  ];
  let offset = HEADER_BYTES;
  const headers = all.map(({ nameAt, type, bytes, address = 0, link = 0, flags = 0 }) => {
    const header = Buffer.alloc(64);
    header.writeUInt32LE(nameAt, 0);
    header.writeUInt32LE(type, 4);
    header.writeBigUInt64LE(BigInt(flags), 8);
    header.writeBigUInt64LE(BigInt(address), 16);
    header.writeBigUInt64LE(BigInt(offset), 24);
    header.writeBigUInt64LE(BigInt(bytes.length), 32);
    header.writeUInt32LE(link, 40);
    offset += bytes.length;
    return header;
  });
  return Buffer.concat([elfHeader(offset, all.length), ...all.map(({ bytes }) => bytes), ...headers]);
}

const HEADER_BYTES = 64;

function elfHeader(sectionsAt: number, count: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('\x7fELF\x02\x01\x01', 'latin1');
  header.writeBigUInt64LE(BigInt(sectionsAt), 40);
  header.writeUInt16LE(64, 58);
  header.writeUInt16LE(count, 60);
  header.writeUInt16LE(count - 1, 62);
  return header;
}

/** As Go 1.20 and newer write it: a header, names, counters, an index, and a structure for each function. */
function functionTable({
  functionNames = Buffer.from('main.main\0'),
  counters = Buffer.alloc(1),
  functions = [],
}: CraftedParts): Buffer {
  const start = 72;
  const countersAt = start + functionNames.length;
  const functionsAt = countersAt + counters.length;
  const header = Buffer.alloc(start);
  header.writeUInt32LE(0xfffffff1, 0);
  header[6] = 1;
  header[7] = 8;
  const words = [functions.length, 0, 0, start, countersAt, countersAt, countersAt, functionsAt];
  words.forEach((word, at) => header.writeBigUInt64LE(BigInt(word), 8 + at * 8));
  const index = Buffer.alloc(functions.length * 8 + 4);
  const structures = Buffer.alloc(functions.length * 44);
  let entry = 0;
  for (const [at, { nameAt, span, stackSizesAt }] of functions.entries()) {
    index.writeUInt32LE(entry, at * 8);
    index.writeUInt32LE(index.length + at * 44, at * 8 + 4);
    structures.writeUInt32LE(nameAt, at * 44 + 4);
    structures.writeUInt32LE(stackSizesAt, at * 44 + 16);
    structures.writeUInt32LE(0xffffffff, at * 44 + 32);
    entry += span;
  }
  index.writeUInt32LE(entry, functions.length * 8);
  return Buffer.concat([header, functionNames, counters, index, structures]);
}

function buildInformation({ modules = Buffer.alloc(1) }: CraftedParts): Buffer {
  const version = Buffer.from('go1.26.8');
  return Buffer.concat([
    Buffer.from('\xff Go buildinf:\x08\x02', 'latin1'),
    Buffer.alloc(16),
    Buffer.from([version.length]),
    version,
    modules,
  ]);
}
