import type { BuildInfo } from './build-info';
import { findBuildInfoRange, readWhole, type Range } from './elf';
import { GoBinaryError } from './errors';
import { parseModuleInfo } from './module-info';
import { withProgram, type ProgramBytes } from './program-bytes';

/**
 * Reads what the linker wrote into a Go program for linux, as `go version -m` does. Of a file, only the parts that
 * matter are read, whatever its size.
 * The format is that of https://github.com/golang/go/blob/go1.26.0/src/debug/buildinfo/buildinfo.go, with the strings
 * behind the header, as Go 1.18 and later write them.
 * @param program Path of a file, or the bytes themselves.
 * @throws GoBinaryError for a file that is no ELF program, was not built by Go, or is cut off.
 */
export async function readBuildInfo(program: string | Uint8Array): Promise<BuildInfo> {
  return withProgram(program, async (bytes) => {
    const range = await findBuildInfoRange(bytes);
    const header = range && (await findHeader(bytes, range));
    if (!range || header === undefined) throw notGo(bytes);
    await refusePointers(bytes, header);
    const end = range.offset + range.size;
    const version = await readString(bytes, header + HEADER_BYTES, end);
    if (version.bytes.length === 0) throw notGo(bytes);
    const modules = await readString(bytes, version.end, end);
    return {
      goVersion: version.bytes.toString(),
      ...parseModuleInfo(withoutFrame(modules.bytes), bytes.where),
    };
  });
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

function notGo(program: ProgramBytes): GoBinaryError {
  return new GoBinaryError('this program says nothing of Go', {
    location: { file: program.where },
    advice: 'take a program that `go build` made, and that no packer such as UPX has changed since',
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
    if (start + length > end) break;
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
