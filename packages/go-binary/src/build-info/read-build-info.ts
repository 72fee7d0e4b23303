import type { BuildInfo } from './build-info';
import { type Elf, type Range, readElf } from '../elf/elf';
import { isPackedByUpx } from '../elf/packer';
import { type ProgramBytes, readWhole, withProgram } from '../elf/program-bytes';
import { MOST_TEXT_BYTES } from '../elf/strings';
import { GoBinaryError } from '../errors';
import { parseModuleInfo } from './module-info';

/**
 * Reads what the linker wrote into a Go program for linux, as `go version -m` does. Of a file, only the parts that
 * matter are read, whatever its size.
 * The format is that of https://github.com/golang/go/blob/go1.26.0/src/debug/buildinfo/buildinfo.go, with the strings
 * behind the header, as Go 1.18 and later write them.
 * @param program Path of a file, or the bytes themselves.
 * @throws GoBinaryError for a file that is no ELF program, was not built by Go, or is cut off.
 */
export async function readBuildInfo(program: string | Uint8Array): Promise<BuildInfo> {
  return withProgram(program, async (bytes) => buildInfoOf(await readElf(bytes)));
}

/** @throws GoBinaryError for a program that was not built by Go, or is cut off. */
export async function buildInfoOf(elf: Elf): Promise<BuildInfo> {
  const { program } = elf;
  const range = findRange(elf);
  const header = range && (await findHeader(program, range));
  if (!range || header === undefined) throw await notGo(program);
  await refusePointers(program, header);
  const end = range.offset + range.size;
  const version = await readString(program, header + HEADER_BYTES, end);
  if (version.bytes.length === 0) throw await notGo(program);
  const modules = await readString(program, version.end, end);
  return {
    goVersion: version.bytes.toString(),
    ...parseModuleInfo(withoutFrame(modules.bytes), program.where),
  };
}

/** The linker's own section for it, or where sections were stripped, the first segment of data. */
function findRange({ sections, segments }: Elf): Range | undefined {
  return (
    sections.find(({ name, isInFile }) => isInFile && name === '.go.buildinfo') ??
    segments.find(({ isExecutable, isWritable }) => isWritable && !isExecutable)
  );
}

const MAGIC = Buffer.from('\xff Go buildinf:', 'latin1');
const HEADER_BYTES = 32;
const ALIGNMENT = 16;
const CHUNK_BYTES = 1 << 20;

/** @returns The offset of the header in the file. */
async function findHeader(program: ProgramBytes, { offset, size }: Range): Promise<number | undefined> {
  // A segment may be larger in memory than in the file, and a damaged one may claim anything.
  const end = Math.min(offset + size, program.size);
  for (let at = offset; at < end; at += CHUNK_BYTES) {
    const chunk = await program.read(at, Math.min(CHUNK_BYTES + MAGIC.length, end - at));
    let found = chunk.indexOf(MAGIC);
    // The words may stand elsewhere too, for example as a constant of a program that reads them.
    while (found !== -1 && (at + found - offset) % ALIGNMENT !== 0) found = chunk.indexOf(MAGIC, found + 1);
    if (found !== -1) return at + found;
  }
  return undefined;
}

async function notGo(program: ProgramBytes): Promise<GoBinaryError> {
  const location = { file: program.where };
  if (await isPackedByUpx(program)) {
    return new GoBinaryError('this program is packed by UPX', {
      ...{ location, silence: 'packed', advice: 'take it as it was before, or unpack it: upx -d' },
    });
  }
  return new GoBinaryError('this program says nothing of Go', {
    ...{ location, silence: 'not of Go' },
    advice: 'take a program that `go build` made, and that no packer has changed since',
  });
}

const FLAGS_OFFSET = 15;
const STRINGS_FOLLOW = 2;

async function refusePointers(program: ProgramBytes, header: number): Promise<void> {
  const flags = (await readWhole(program, { offset: header, size: HEADER_BYTES }))[FLAGS_OFFSET] ?? 0;
  if ((flags & STRINGS_FOLLOW) !== 0) return;
  throw new GoBinaryError('this program was built by Go 1.17 or older', {
    location: { file: program.where },
    advice: 'build it with Go 1.18 or newer',
  });
}

/** Ten bytes hold any length; the first five hold any that a section can have. */
const MAX_LENGTH_BYTES = 5;

async function readString(
  program: ProgramBytes,
  offset: number,
  end: number,
): Promise<{ bytes: Buffer; end: number }> {
  let length = 0;
  for (let at = 0; at < MAX_LENGTH_BYTES; at++) {
    const byte = (await readWhole(program, { offset: offset + at, size: 1 }))[0] ?? 0;
    length += (byte & 0x7f) * 2 ** (7 * at);
    if ((byte & 0x80) !== 0) continue;
    const start = offset + at + 1;
    if (start + length > end || length > MOST_TEXT_BYTES) break;
    return { bytes: await readWhole(program, { offset: start, size: length }), end: start + length };
  }
  throw new GoBinaryError('the program is not whole: its build information is cut off', {
    location: { file: program.where },
    advice: 'build it again',
  });
}

const FRAME_BYTES = 16;

/** The linker puts 16 bytes before and behind the text, by which a debugger finds it in memory. */
function withoutFrame(framed: Buffer): string {
  const isFramed = framed.length >= 2 * FRAME_BYTES + 1 && framed[framed.length - FRAME_BYTES - 1] === 0x0a;
  return isFramed ? framed.toString('utf8', FRAME_BYTES, framed.length - FRAME_BYTES) : '';
}
