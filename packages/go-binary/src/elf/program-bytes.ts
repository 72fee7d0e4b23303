import { open } from 'node:fs/promises';
import { GoBinaryError } from '../errors';

/** A program of any size, of which only the parts that are asked for are read. */
export interface ProgramBytes {
  readonly size: number;
  /** Names the program in errors. */
  readonly where: string;
  /** @returns The bytes from `offset`: fewer than `length` where the program ends before. */
  read(offset: number, length: number): Promise<Buffer>;
}

/**
 * @param program Path of a file, or the bytes themselves.
 * @throws GoBinaryError where the file cannot be read, and whatever `use` throws.
 */
export async function withProgram<T>(
  program: string | Uint8Array,
  use: (bytes: ProgramBytes) => Promise<T>,
): Promise<T> {
  if (typeof program !== 'string') return use(inMemory(program));
  const handle = await open(program).catch((cause: Error) => {
    throw new GoBinaryError(`the program cannot be read: ${cause.message}`, {
      location: { file: program },
      cause,
    });
  });
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw new GoBinaryError('this is no file', { location: { file: program } });
    return await use({ size: stat.size, where: program, read });
  } finally {
    await handle.close();
  }

  async function read(offset: number, length: number): Promise<Buffer> {
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(length), 0, length, offset);
    return buffer.subarray(0, bytesRead);
  }
}

function inMemory(program: Uint8Array): ProgramBytes {
  const bytes = Buffer.from(program.buffer, program.byteOffset, program.byteLength);
  return {
    size: bytes.length,
    where: 'the program',
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
  };
}

/** No part of a program is so large; a file with holes may claim any size without taking up room on the disk. */
const MAX_PART_BYTES = 2 ** 30;

/** @throws GoBinaryError where the program ends before, or the part is too large to be one. */
export async function readWhole(
  program: ProgramBytes,
  { offset, size }: { readonly offset: number; readonly size: number },
): Promise<Buffer> {
  if (offset + size > program.size) throw notWhole(program, 'it is cut off');
  if (size > MAX_PART_BYTES) throw notWhole(program, `a part of it claims ${size} bytes`);
  const bytes = await program.read(offset, size);
  if (bytes.length < size) throw notWhole(program, 'it is cut off');
  return bytes;
}

/** @param what What is wrong with it. */
export function notWhole(program: ProgramBytes, what: string): GoBinaryError {
  return new GoBinaryError(`the program is not whole: ${what}`, {
    location: { file: program.where },
    advice: 'build it again',
  });
}
