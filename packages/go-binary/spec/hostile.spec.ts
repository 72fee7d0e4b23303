import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GoBinaryError, programSizes } from '../src';
import { craftedProgram, OWN_NAMES } from './crafted-program';

/** An honest program of this size takes less than a tenth of it. */
const LONGEST_MILLISECONDS = 1_000;
const ZERO = Buffer.alloc(1);

/** The process's own time: others may be at work on the machine. */
async function millisecondsFor(program: Buffer): Promise<number> {
  const before = process.cpuUsage();
  await programSizes(program).catch((error: unknown) => {
    if (!(error instanceof GoBinaryError)) throw error;
  });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

describe('a program that was made to be read for hours', () => {
  it('would be read if it were an honest one', async () => {
    const { bytes, sections } = await programSizes(craftedProgram());
    expect(sections.reduce((sum, section) => sum + section.bytes, 0)).toBe(bytes);
  });

  it.each([
    ['functions with numbers without an end', numbers()],
    ['code that is not in the file', longCode()],
    ['a function of a name that is full of dots', dots()],
    ['symbols whose names lie in one another', symbols()],
    ['sections whose names lie in one another', sections()],
  ])('has %s, and takes no time', async (_name, program) => {
    expect(program.length).toBeLessThan(4_000_000);
    expect(await millisecondsFor(program)).toBeLessThan(LONGEST_MILLISECONDS);
  });

  it.each([
    ['names of sections', 4, /the program is not whole: its names claim 536870912 bytes/],
    ['modules', 3, /the program is not whole: its build information is cut off/],
  ])('has more %s than a text holds, and is refused', async (_name, index, message) => {
    const folder = mkdtempSync(join(tmpdir(), 'go-binary-'));
    try {
      const file = join(folder, 'program');
      // 2^29 as the number that a length is written as.
      const program = craftedProgram({ modules: Buffer.from([0x80, 0x80, 0x80, 0x80, 0x02]) });
      const header = program.length - (5 - index) * 64;
      program.writeBigUInt64LE(2n ** 29n + (index === 3 ? 64n : 0n), header + 32);
      writeFileSync(file, program);
      truncateSync(file, 2 ** 30);
      await expect(programSizes(file)).rejects.toThrow(message);
      await expect(programSizes(file)).rejects.toThrow(GoBinaryError);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

function numbers(): Buffer {
  const endless = Buffer.alloc(100_000, 0x80);
  return craftedProgram({
    code: 20_000,
    counters: Buffer.concat([ZERO, endless, Buffer.from([0, 1, 0])]),
    functions: Array.from({ length: 20_000 }, () => ({ nameAt: 0, span: 1, stackSizesAt: 1 })),
  });
}

function longCode(): Buffer {
  return craftedProgram({
    counters: Buffer.concat([ZERO, Buffer.alloc(1_000_000, 1), ZERO]),
    functions: Array.from({ length: 4_000 }, () => ({ nameAt: 0, span: 1_000_000, stackSizesAt: 1 })),
  });
}

function dots(): Buffer {
  return craftedProgram({
    functionNames: Buffer.concat([Buffer.alloc(400_000, 'a.'), Buffer.from('/x.f\0')]),
    functions: [{ nameAt: 0, span: 1, stackSizesAt: 0 }],
  });
}

function symbols(): Buffer {
  const count = 10_000;
  const data = 0x400000;
  const table = Buffer.alloc(24 * count);
  for (let at = 0; at < count; at++) {
    table.writeUInt32LE(at, at * 24);
    // An object of the fourth section, of one byte.
    table[at * 24 + 4] = 1;
    table.writeUInt16LE(4, at * 24 + 6);
    table.writeBigUInt64LE(BigInt(data + at), at * 24 + 8);
    table.writeBigUInt64LE(1n, at * 24 + 16);
  }
  return craftedProgram({
    names: Buffer.from('.data\0'),
    sections: [
      { nameAt: OWN_NAMES, type: 1, bytes: Buffer.alloc(count), address: data },
      { nameAt: 0, type: 2, bytes: table, link: 6 },
      { nameAt: 0, type: 3, bytes: Buffer.alloc(1_000_000, 'a') },
    ],
  });
}

function sections(): Buffer {
  return craftedProgram({
    names: Buffer.alloc(3_000_000, 'a'),
    sections: Array.from({ length: 10_000 }, () => ({ nameAt: OWN_NAMES, type: 1, bytes: Buffer.alloc(0) })),
  });
}
