import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { GoBinaryError, readBuildInfo } from '..';

const LINES = [
  'path\texample.com/shop/api',
  'mod\texample.com/shop\t(devel)\t',
  'dep\texample.com/gin\tv1.9.1\th1:abc=',
  'dep\texample.com/money\tv1.2.3',
  '=>\t../money\t(devel)\t',
  'build\t-ldflags="-X \\"main.words=two words\\""',
  'build\tCGO_ENABLED=0',
  'build\tGOAMD64=',
];

const EXPECTED = {
  goVersion: 'go1.26.8',
  path: 'example.com/shop/api',
  main: { path: 'example.com/shop', version: '(devel)' },
  deps: [
    { path: 'example.com/gin', version: 'v1.9.1', sum: 'h1:abc=' },
    { path: 'example.com/money', version: 'v1.2.3', replace: { path: '../money', version: '(devel)' } },
  ],
  settings: [
    { key: '-ldflags', value: '-X "main.words=two words"' },
    { key: 'CGO_ENABLED', value: '0' },
    { key: 'GOAMD64', value: '' },
  ],
};

describe('readBuildInfo', () => {
  it.each([
    ['64 bits, little-endian', { bits: 64, little: true }],
    ['64 bits, big-endian', { bits: 64, little: false }],
    ['32 bits, little-endian', { bits: 32, little: true }],
    ['32 bits, big-endian', { bits: 32, little: false }],
  ] as const)('reads a program of %s', async (_name, format) => {
    expect(await readBuildInfo(program({ ...format }))).toEqual(EXPECTED);
  });

  it('reads a program whose section names were stripped, from its data segment', async () => {
    expect(await readBuildInfo(program({ sectionName: '.stripped' }))).toEqual(EXPECTED);
  });

  it('reads a program that was not built from a module', async () => {
    const info = await readBuildInfo(program({ modules: Buffer.alloc(0) }));
    expect(info).toEqual({ goVersion: 'go1.26.8', deps: [], settings: [] });
  });

  it('reads a few kilobytes of a file of a gigabyte', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'go-binary-'));
    try {
      const file = join(directory, 'huge');
      writeFileSync(file, program({}));
      truncateSync(file, 2 ** 30);
      const before = process.memoryUsage().arrayBuffers;
      expect(await readBuildInfo(file)).toEqual(EXPECTED);
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 22);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it.each([
    [
      'a text',
      Buffer.from('#!/bin/sh\necho hello\n'),
      'the program: this is no ELF program\n→ build it for linux',
    ],
    ['nothing', Buffer.alloc(0), 'the program: this is no ELF program'],
    [
      'a program of another language',
      program({ magic: '\xff No buildinf:' }),
      'the program: this program says nothing of Go',
    ],
    [
      'a program of Go 1.17',
      program({ flags: 0 }),
      'the program: this program was built by Go 1.17 or older\n→ build it',
    ],
    [
      'a replacement of nothing',
      program({ modules: framed(['path\tx', '=>\t../money\t\t']) }),
      "the program: the program's build information is malformed in line 2",
    ],
    [
      'a module without a version',
      program({ modules: framed(['dep\texample.com/gin']) }),
      "the program: the program's build information is malformed in line 1",
    ],
    [
      'a setting without a key',
      program({ modules: framed(['build\t=0']) }),
      "the program: the program's build information is malformed in line 1",
    ],
  ])('refuses %s', async (_name, bytes, message) => {
    const error = await readBuildInfo(bytes).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(GoBinaryError);
    expect((error as Error).message).toContain(message);
  });

  it('names the file that is not there', async () => {
    await expect(readBuildInfo('/nowhere/api')).rejects.toThrow(
      '/nowhere/api: the program cannot be read: ENOENT',
    );
    await expect(readBuildInfo(tmpdir())).rejects.toThrow(`${tmpdir()}: this is no file`);
  });

  it('refuses a program that was cut off, wherever', async () => {
    const whole = program({});
    for (let length = 0; length < whole.length; length++) {
      await expect(readBuildInfo(whole.subarray(0, length))).rejects.toThrow(GoBinaryError);
    }
  });

  it('gives an answer or a GoBinaryError for a damaged program', async () => {
    const whole = program({});
    const damage = fc.record({ at: fc.nat(whole.length - 1), byte: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 4 }), async (damages) => {
        const bytes = Buffer.from(whole);
        for (const { at, byte } of damages) bytes[at] = byte;
        const error = await readBuildInfo(bytes).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        if (error !== undefined) expect(error).toBeInstanceOf(GoBinaryError);
      }),
      { numRuns: 2000 },
    );
  });
});

interface ProgramParts {
  bits?: 32 | 64;
  little?: boolean;
  sectionName?: string;
  magic?: string;
  flags?: number;
  modules?: Buffer;
}

/** An ELF file of one data segment, which is also a section, with the section names behind it and the tables last. */
function program({ bits = 64, little = true, sectionName = '.go.buildinfo', ...info }: ProgramParts): Buffer {
  const headerSize = bits === 64 ? 64 : 52;
  const data = buildInfo(info);
  const names = Buffer.from(`\0.shstrtab\0${sectionName}\0`);
  const dataAt = headerSize;
  const namesAt = dataAt + data.length;
  const segmentsAt = namesAt + names.length;
  const segment = bits === 64 ? segment64() : segment32();
  const sectionsAt = segmentsAt + segment.length;
  const sections = [
    section(0, 0, 0, 0),
    section(11, 1, dataAt, data.length),
    section(1, 3, namesAt, names.length),
  ];
  return Buffer.concat([header(), data, names, segment, ...sections]);

  function header(): Buffer {
    return Buffer.concat([
      Buffer.from([0x7f, 0x45, 0x4c, 0x46, bits === 64 ? 2 : 1, little ? 1 : 2, 1]),
      Buffer.alloc(9),
      ...[u16(2), u16(62), u32(1), word(0), word(segmentsAt), word(sectionsAt), u32(0), u16(headerSize)],
      ...[u16(bits === 64 ? 56 : 32), u16(1), u16(bits === 64 ? 64 : 40), u16(3), u16(2)],
    ]);
  }
  function segment64(): Buffer {
    const place = [
      word(dataAt),
      word(0x1000),
      word(0x1000),
      word(data.length),
      word(data.length),
      word(0x1000),
    ];
    return Buffer.concat([u32(1), u32(6), ...place]);
  }
  function segment32(): Buffer {
    const place = [word(dataAt), word(0x1000), word(0x1000), word(data.length), word(data.length)];
    return Buffer.concat([u32(1), ...place, u32(6), word(0x1000)]);
  }
  function section(name: number, type: number, offset: number, size: number): Buffer {
    const place = [word(0), word(0), word(offset), word(size)];
    return Buffer.concat([u32(name), u32(type), ...place, u32(0), u32(0), word(0), word(0)]);
  }
  function u16(value: number): Buffer {
    const bytes = Buffer.alloc(2);
    if (little) bytes.writeUInt16LE(value);
    else bytes.writeUInt16BE(value);
    return bytes;
  }
  function u32(value: number): Buffer {
    const bytes = Buffer.alloc(4);
    if (little) bytes.writeUInt32LE(value);
    else bytes.writeUInt32BE(value);
    return bytes;
  }
  function word(value: number): Buffer {
    if (bits === 32) return u32(value);
    return little ? Buffer.concat([u32(value), u32(0)]) : Buffer.concat([u32(0), u32(value)]);
  }
}

function buildInfo({
  magic = '\xff Go buildinf:',
  flags = 2,
  modules = framed(LINES),
}: ProgramParts): Buffer {
  const header = Buffer.concat([Buffer.from(magic, 'latin1'), Buffer.from([8, flags]), Buffer.alloc(16)]);
  const version = Buffer.from('go1.26.8');
  return Buffer.concat([header, varint(version.length), version, varint(modules.length), modules]);
}

/** The 16 bytes on either side are those of the Go command, cmd/go/internal/modload/build.go. */
function framed(lines: readonly string[]): Buffer {
  return Buffer.concat([
    Buffer.from('3077af0c9274080241e1c107e6d618e6', 'hex'),
    Buffer.from(lines.map((line) => `${line}\n`).join('')),
    Buffer.from('f932433186182072008242104116d8f2', 'hex'),
  ]);
}

function varint(value: number): Buffer {
  return value < 0x80 ? Buffer.from([value]) : Buffer.from([(value & 0x7f) | 0x80, value >> 7]);
}
