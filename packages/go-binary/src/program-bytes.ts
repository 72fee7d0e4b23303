import { open } from 'node:fs/promises';
import { GoBinaryError } from './errors';

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
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset);
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
