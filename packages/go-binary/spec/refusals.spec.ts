import { readFileSync } from 'node:fs';
import { GoBinaryError, programSizes } from '../src';
import { type SampleProgram, sampleProgram } from './sample-program';

describe('programSizes', () => {
  let sample: SampleProgram;
  let program: Buffer;

  beforeAll(() => {
    sample = sampleProgram();
    program = readFileSync(
      sample.build({ architecture: 'amd64', flags: ['-ldflags=-s -w'], main: './cmd/least' }),
    );
  }, 120_000);
  afterAll(() => sample.remove());

  it.each([
    ['a text', () => Buffer.from('#!/bin/sh\n'), /this is no ELF program\n→ build it for linux/],
    [
      'a program of another language',
      () => readFileSync(process.execPath),
      /this program says nothing of Go/,
    ],
    [
      'Go 1.19',
      () => withMagic(0xfffffff0),
      /this program was built by Go 1.18 or 1.19\n→ build it with Go 1.20/,
    ],
    [
      'a Go whose function table has a format of its own',
      () => withMagic(0xffffffef),
      /of go1\.\d+\S* has a format that is not known: 0xffffffef, not 0xfffffff1\n→ take a newer release/,
    ],
    ['what is packed by UPX', packed, /this program is packed by UPX\n→ take it as it was before/],
    ['a program that is cut off', () => program.subarray(0, -1_000), /the program is not whole/],
    ['sections that overlap', overlapping, /the program is not whole: parts of it overlap/],
  ])('refuses %s', async (_name, bytes, message) => {
    const error = await programSizes(bytes()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(GoBinaryError);
    expect((error as Error).message).toMatch(message);
  });

  it('refuses a program that is cut off, wherever', async () => {
    for (let part = 0; part < 200; part++) {
      const cut = program.subarray(0, Math.floor((program.length * part) / 200));
      await expect(programSizes(cut)).rejects.toThrow(GoBinaryError);
    }
  });

  it('reads a program without section headers by its segments', async () => {
    const bare = Buffer.from(program);
    // e_shoff, and e_shentsize to e_shstrndx
    bare.fill(0, 40, 48).fill(0, 58, 64);
    const [whole, sizes] = [await programSizes(program), await programSizes(bare)];
    expect(sizes.packages.map(({ importPath, functionBytes }) => [importPath, functionBytes])).toEqual(
      whole.packages.map(({ importPath, functionBytes }) => [importPath, functionBytes]),
    );
    const counted = [...sizes.packages, ...sizes.unattributed];
    expect(counted.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(program.length);
  });

  it('counts what was appended', async () => {
    const { unattributed } = await programSizes(Buffer.concat([program, Buffer.alloc(1_000_000)]));
    expect(unattributed.find(({ what }) => what === 'behind the last section')?.bytes).toBeGreaterThanOrEqual(
      1_000_000,
    );
  });

  function withMagic(magic: number): Buffer {
    const bytes = Buffer.from(program);
    const start = bytes.indexOf(Buffer.from('f1ffffff00000108', 'hex'));
    bytes.writeUInt32LE(magic, start);
    return bytes;
  }

  /** As UPX does: program headers, behind them its mark, and nothing that can be read of what there was. */
  function packed(): Buffer {
    const bytes = Buffer.alloc(100_000);
    program.copy(bytes, 0, 0, 64);
    bytes.fill(0, 40, 48).fill(0, 54, 64);
    bytes.write('UPX!', 0xec, 'latin1');
    return bytes;
  }

  function overlapping(): Buffer {
    const bytes = Buffer.from(program);
    // The size of the first section that is one.
    const sections = Number(bytes.readBigUInt64LE(40));
    bytes.writeBigUInt64LE(BigInt((program.length / 2) | 0), sections + 64 + 32);
    return bytes;
  }
});
