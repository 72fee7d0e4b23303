import { entriesOf, tarOf, type TestEntry } from '../../spec/archives';
import { OciImageError } from '../errors';
import { canonicalTar } from './canonical-tar';
import { encodePax } from './pax';
import { encodeHeader, type TarHeader } from './tar-header';

const FILE: TarHeader = {
  ...{
    name: 'srv/file',
    linkname: '',
    type: '0',
    mode: 0o644,
    uid: 0,
    gid: 0,
    size: 0,
    devmajor: 0,
    devminor: 0,
  },
};

/** A file capability as the kernel keeps it: bytes that are no text (cap_net_bind_service=ep). */
const CAPABILITY = Buffer.from('0100000200040000000000000000000000000000', 'hex').toString('latin1');

async function canonical(tar: Buffer, chunkSize = tar.length): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of canonicalTar(inChunks(tar, chunkSize), 'layer')) parts.push(part);
  return Buffer.concat(parts);
}

async function* inChunks(tar: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < tar.length; at += size) yield tar.subarray(at, at + size);
}

function block(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  return Buffer.concat([bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}

const END = Buffer.alloc(1024);

describe('canonicalTar', () => {
  it('gives the same bytes for the same files at other times, of owners with other names', async () => {
    const entries = (extra: Partial<TestEntry>): TestEntry[] => [
      { name: 'srv', type: 'directory', mode: 0o755, ...extra },
      { name: 'srv/file', content: 'hello', ...extra },
    ];
    const one = await canonical(await tarOf(entries({})));
    const other = await tarOf(
      entries({
        mtime: new Date(0),
        uname: 'root',
        gname: 'wheel',
        pax: { mtime: '1.5', atime: '2', comment: 'x' },
      }),
    );
    expect(await canonical(other)).toEqual(one);
  });

  it('gives the same bytes however the layer arrives in pieces', async () => {
    const tar = await tarOf([{ name: 'a', content: 'x'.repeat(5000) }, { name: 'b' }]);
    const whole = await canonical(tar);
    for (const size of [1, 7, 511, 512, 513, 4096]) expect(await canonical(tar, size)).toEqual(whole);
  });

  it('keeps order, contents, modes, owners, links, devices and FIFOs', async () => {
    const entries: TestEntry[] = [
      { name: 'z', content: 'first', mode: 0o4755, uid: 65532, gid: 65532 },
      { name: 'a', type: 'link', linkname: 'z' },
      { name: 'sym', type: 'symlink', linkname: '../z', mode: 0o777 },
      { name: 'null', type: 'character-device', devmajor: 1, devminor: 3, mode: 0o666 },
      { name: 'disk', type: 'block-device', devmajor: 8, devminor: 0 },
      { name: 'pipe', type: 'fifo' },
      { name: 'dir', type: 'directory', mode: 0o1777 },
    ];
    const read = await entriesOf(await canonical(await tarOf(entries)));
    expect(read.map(({ name, type, linkname }) => [name, type, linkname])).toEqual([
      ['z', 'file', null],
      ['a', 'link', 'z'],
      ['sym', 'symlink', '../z'],
      ['null', 'character-device', null],
      ['disk', 'block-device', null],
      ['pipe', 'fifo', null],
      ['dir/', 'directory', null],
    ]);
    expect(read[0]).toMatchObject({
      content: 'first',
      mode: 0o4755,
      uid: 65532,
      gid: 65532,
      mtime: new Date(0),
    });
    expect(read[3]).toMatchObject({ devmajor: 1, devminor: 3 });
    expect(read[6]).toMatchObject({ mode: 0o1777 });
  });

  it('writes a name that GNU tar wrote in an entry of its own as POSIX does', async () => {
    const name = `${'n'.repeat(150)}/ü`;
    const latin1 = Buffer.from(name).toString('latin1');
    const gnu = Buffer.concat([
      encodeHeader({ ...FILE, name: '././@LongLink', type: 'L', size: latin1.length + 1 }),
      block(`${latin1}\0`),
      encodeHeader({ ...FILE, name: 'n'.repeat(100) }),
      END,
    ]);
    const posix = await tarOf([{ name, mode: 0o644 }]);
    expect(await canonical(gnu)).toEqual(await canonical(posix));
    expect((await entriesOf(await canonical(gnu)))[0]?.name).toBe(name);
  });

  it('keeps a capability byte for byte', async () => {
    const record = encodePax(new Map([['SCHILY.xattr.security.capability', CAPABILITY]]));
    // 4 digits and signs, the key of 32, the value of 20.
    expect(record.toString('latin1')).toBe(`57 SCHILY.xattr.security.capability=${CAPABILITY}\n`);
    const tar = Buffer.concat([
      encodeHeader({ ...FILE, name: 'pax', type: 'x', size: record.length }),
      block(record.toString('latin1')),
      encodeHeader(FILE),
      END,
    ]);
    expect((await canonical(tar)).subarray(512, 512 + record.length)).toEqual(record);
  });

  it('writes owners that eight octal digits cannot hold', async () => {
    const tar = Buffer.concat([
      encodeHeader({ ...FILE, name: 'pax', type: 'x', size: 28 }),
      block('15 uid=3000000\n13 gid=65532\n'),
      encodeHeader(FILE),
      END,
    ]);
    const [entry] = await entriesOf(await canonical(tar));
    expect(entry?.pax).toEqual({ uid: '3000000' });
    expect(entry?.gid).toBe(65532);
  });

  it('reads and writes a file of more than 8 GiB', async () => {
    const size = 9 * 2 ** 30;
    const header = encodeHeader(FILE);
    // GNU writes such a size as a binary number behind a set bit.
    header.writeUInt32BE(0x80000000, 124);
    header.writeBigUInt64BE(BigInt(size), 128);
    fixChecksum(header);
    const parts: Buffer[] = [];
    for await (const part of canonicalTar(
      inChunks(Buffer.concat([header, Buffer.alloc(1024)]), 512),
      'layer',
    )) {
      parts.push(part);
      if (parts.length === 5) break;
    }
    expect(parts[1]?.toString()).toBe('19 size=9663676416\n');
    expect(parts[3]?.subarray(124, 136).toString()).toBe('00000000000\0');
  });

  it('writes a whiteout as its name alone, whatever the image store noted with it', async () => {
    const containerd = await tarOf([{ name: 'dir/.wh.gone', mode: 0o600 }]);
    const whiteout = encodeHeader({ ...FILE, name: 'dir/.wh.gone', mode: 0, linkname: 'dir2' });
    const classic = Buffer.concat([whiteout, END]);
    expect(await canonical(classic)).toEqual(await canonical(containerd));
  });

  it('does not let through what stands in the padding', async () => {
    const tar = await tarOf([{ name: 'a', content: 'abc' }]);
    const dirty = Buffer.from(tar);
    dirty.fill(0x78, 512 + 3, 1024);
    expect(await canonical(dirty)).toEqual(await canonical(tar));
  });

  it('ends the same with little or much padding at the end', async () => {
    const tar = await tarOf([{ name: 'a', content: 'abc' }]);
    expect(await canonical(Buffer.concat([tar, Buffer.alloc(8192)]))).toEqual(await canonical(tar));
    expect(await canonical(tar.subarray(0, -1024))).toEqual(await canonical(tar));
  });

  it.each([
    [
      'a sparse file of GNU tar',
      Buffer.concat([encodeHeader({ ...FILE, type: 'S' }), END]),
      'is a sparse file',
    ],
    [
      'a sparse file of POSIX tar',
      Buffer.concat([
        encodeHeader({ ...FILE, name: 'pax', type: 'x', size: 22 }),
        block('22 GNU.sparse.major=1\n'),
        encodeHeader(FILE),
        END,
      ]),
      "the layer's entry 'srv/file' is a sparse file",
    ],
    [
      'an entry of no known type',
      Buffer.concat([encodeHeader({ ...FILE, type: 'V' }), END]),
      "of the unknown type 'V'",
    ],
    ['something that is no tar', Buffer.from('no tar at all'.repeat(100)), 'the tar archive is damaged'],
    [
      'a body that is cut off',
      Buffer.concat([encodeHeader({ ...FILE, size: 600 }), Buffer.alloc(512)]),
      'is cut off',
    ],
    ['a header that is cut off', encodeHeader(FILE).subarray(0, 300), 'is cut off'],
    [
      'an extended header larger than any name',
      encodeHeader({ ...FILE, type: 'x', size: 2 ** 30 }),
      'an extended header has 1073741824 bytes',
    ],
    [
      'an extended header that says more than it holds',
      Buffer.concat([encodeHeader({ ...FILE, type: 'x', size: 9 }), block('99 path=a'), END]),
      'an extended header is cut off',
    ],
    [
      'a size that is no number',
      Buffer.concat([
        encodeHeader({ ...FILE, type: 'x', size: 10 }),
        block('10 size=x\n'),
        encodeHeader(FILE),
        END,
      ]),
      "an extended header holds the size 'x'",
    ],
  ])('refuses %s', async (_name, tar, message) => {
    const error = await canonical(tar).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OciImageError);
    expect((error as Error).message).toContain(message);
  });
});

function fixChecksum(header: Buffer): void {
  header.fill(0x20, 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
}
