import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import {
  addBlob,
  addIndex,
  addManifest,
  entriesOf,
  INDEX,
  ociFiles,
  sha256,
  tarOf,
  temporaryFolder,
  type Files,
  type TestEntry,
  type TestImage,
  writeFiles,
} from '../../spec/archives';
import { openArchive } from '../archive/open-archive';
import { openLayoutFolder } from '../archive/open-layout-folder';
import type { ArchivedLayer } from '../image';
import type { ImageConfig } from '../image-config';
import { canonicalTar } from '../tar/canonical-tar';
import type { FileNode } from './file-node';
import { packLayer } from './pack-layer';
import { readImageFiles } from './read-image-files';

const folder = temporaryFolder();
let archives = 0;

async function filesOf(...layers: readonly TestEntry[][]): Promise<Map<string, FileNode>> {
  const tars = await Promise.all(layers.map(tarOf));
  const path = await writeFiles(
    join(folder, `${archives++}.tar`),
    ociFiles({ layers: tars.map((tar) => ({ tar })) }),
  );
  const [image] = (await openArchive(path)).images;
  if (!image) throw new Error('no image');
  return readImageFiles(image, 'base');
}

describe('the files of an image', () => {
  it('are what its layers add, replace and take away', async () => {
    const files = await filesOf(
      [
        { name: './etc/', type: 'directory', mode: 0o700, uid: 1, gid: 2 },
        { name: './etc/a', content: 'one' },
        { name: 'gone/deep/b', content: 'b' },
        { name: 'opaque/c', content: 'c' },
        { name: 'becomes/folder', content: 'd' },
        { name: 'link', type: 'symlink', linkname: '/etc' },
      ],
      [
        { name: 'etc/a', content: 'two', mode: 0o4755 },
        { name: '.wh.gone', content: '' },
        { name: 'opaque/.wh..wh..opq', content: '' },
        { name: 'opaque/new', content: 'n' },
        { name: 'becomes', content: 'a file' },
        { name: 'hard', type: 'link', linkname: 'etc/a' },
      ],
    );
    expect([...files.keys()].sort()).toEqual(
      ['', 'becomes', 'etc', 'etc/a', 'hard', 'link', 'opaque', 'opaque/new'].sort(),
    );
    expect(files.get('etc')).toMatchObject({ type: 'directory', mode: 0o700, uid: 1, gid: 2 });
    expect(files.get('etc/a')).toMatchObject({ type: 'file', mode: 0o4755, size: 3 });
    expect(files.get('link')).toMatchObject({ type: 'symlink', target: '/etc' });
    for (const path of ['etc/a', 'hard']) {
      const node = files.get(path);
      expect(node?.type === 'file' && (await text(node.open()))).toBe('two');
    }
  });

  it('keep their capabilities', async () => {
    const files = await filesOf([
      { name: 'ping', content: '', pax: { 'SCHILY.xattr.security.capability': 'x', mtime: '1' } },
    ]);
    expect(files.get('ping')?.attributes).toEqual(new Map([['SCHILY.xattr.security.capability', 'x']]));
  });

  it.each(['../etc/passwd', 'a/../../b'])('never leave the image: %s', async (name) => {
    await expect(filesOf([{ name, content: '' }])).rejects.toThrow(`base: layer 1 (sha256:`);
    await expect(filesOf([{ name, content: '' }])).rejects.toThrow(`its entry '${name}' leaves the image`);
  });

  it('are refused where a hard link leads to nothing', async () => {
    await expect(filesOf([{ name: 'a', type: 'link', linkname: 'b' }])).rejects.toThrow(
      "'a' is a hard link to 'b', which is no file",
    );
  });
});

describe('the contents of an image', () => {
  const ENTRIES: readonly TestEntry[] = [
    { name: 'ca.pem', content: 'GOOD' },
    ...Array.from({ length: 20 }, (_, at) => ({ name: `zone/${at}`, content: String(at) })),
    { name: 'large', content: Buffer.alloc(200_000, 'ab') },
  ];

  /** A layer that counts how often it is read; after the given number of times with another byte in it. */
  async function imageOf(spoiltAfter = Infinity) {
    const tar = await tarOf(ENTRIES);
    const spoilt = Buffer.from(tar);
    spoilt.write('EVIL', tar.indexOf('GOOD'));
    const opened: number[] = [];
    const layer: ArchivedLayer = {
      ...{ diffId: `sha256:${sha256(tar)}`, compression: 'gzip', size: 0 },
      open: () => {
        const bytes = gzipSync(opened.push(0) > spoiltAfter ? spoilt : tar);
        return Readable.from([bytes.subarray(0, 100), bytes.subarray(100)]);
      },
    };
    const config: ImageConfig = {
      ...{ os: 'linux', architecture: 'amd64', rootfs: { type: 'layers', diff_ids: [] } },
    };
    return { image: { platform: 'linux/amd64', config, layers: [layer] }, opened };
  }

  const contentIn = async (files: ReadonlyMap<string, FileNode>, path: string) => {
    const node = files.get(path);
    return node?.type === 'file' ? buffer(node.open()) : undefined;
  };

  it('are read with no more than two looks at each layer', async () => {
    const { image, opened } = await imageOf();
    const files = await readImageFiles(image, 'base');
    const zones = await Promise.all(ENTRIES.slice(1, 21).map(({ name }) => contentIn(files, name)));
    expect(zones.join()).toBe('0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19');
    expect(await contentIn(files, 'large')).toEqual(Buffer.alloc(200_000, 'ab'));
    expect(opened).toHaveLength(2);
  });

  it('are held to the digest of their layer, which ends behind the last of them', async () => {
    await expect(readImageFiles((await imageOf(0)).image, 'base')).rejects.toThrow(
      /^base: layer 1 \(sha256:[0-9a-f]{64}\): the layer is not what its diffID says: it has sha256:/,
    );
    const files = await readImageFiles((await imageOf(1)).image, 'base');
    await expect(contentIn(files, 'ca.pem')).rejects.toThrow('the layer is not what its diffID says');
  });

  it('leave nothing on the disk, and say where there is no place for them', async () => {
    const temporary = mkdtempSync(join(folder, 'tmp-'));
    const read = async (where: string) =>
      contentIn(await readImageFiles((await imageOf()).image, 'base', undefined, where), 'ca.pem');
    expect(String(await read(temporary))).toBe('GOOD');
    expect(readdirSync(temporary)).toEqual([]);
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    await expect(read(file)).rejects.toThrow(
      /^.*a-file: base: layer 1 .* cannot be unpacked: a file is where a/,
    );
  });
});

describe('a packed layer', () => {
  const file = (content: string, size = content.length): FileNode => ({
    type: 'file',
    ...{ mode: 0o644, uid: 65532, gid: 65532, size },
    open: () => Readable.from([Buffer.from(content)]),
  });

  it('is the tar of its files in the normal form, and has its own digest', async () => {
    const long = `${'n'.repeat(120)}/é`;
    const layer = await packLayer([
      ['dir', { type: 'directory', mode: 0o1777, uid: 0, gid: 0 }],
      ['dir/a', file('hello')],
      ['dir/l', { type: 'symlink', target: '../x', mode: 0o777, uid: 0, gid: 0 }],
      [Buffer.from(long).toString('latin1'), file('')],
    ]);
    const tar = await buffer(layer.open());
    expect(layer).toMatchObject({ compression: 'none', size: tar.length, diffId: `sha256:${sha256(tar)}` });
    expect(await buffer(Readable.from(canonicalTar(Readable.from([tar]), 'layer')))).toEqual(tar);
    expect(await entriesOf(tar)).toMatchObject([
      { name: 'dir/', type: 'directory', mode: 0o1777 },
      {
        name: 'dir/a',
        type: 'file',
        mode: 0o644,
        uid: 65532,
        gid: 65532,
        content: 'hello',
        mtime: new Date(0),
      },
      { name: 'dir/l', type: 'symlink', linkname: '../x' },
      { name: long, type: 'file', size: 0 },
    ]);
  });

  it.each([4, 6])('is refused where a file of 5 bytes had %i before', async (size) => {
    await expect(packLayer([['a', file('hello', size)]])).rejects.toThrow('a changed while it was read');
  });
});

describe('a folder with an image layout', () => {
  function write(name: string, files: Files): string {
    const directory = join(folder, name);
    for (const [path, bytes] of files) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), bytes);
    }
    return directory;
  }
  const image = async (architecture: string): Promise<TestImage> => ({
    architecture,
    layers: [{ tar: await tarOf([{ name: architecture, content: '' }]) }],
  });

  it('gives the image of a tag or a digest, with all its platforms', async () => {
    const files: Files = new Map([['oci-layout', Buffer.from('{"imageLayoutVersion":"1.0.0"}')]]);
    const manifests = [addManifest(files, await image('amd64')), addManifest(files, await image('arm64'))];
    const index = addBlob(files, INDEX, { schemaVersion: 2, mediaType: INDEX, manifests });
    const single = addManifest(files, await image('riscv64'));
    const named = { ...index, annotations: { 'org.opencontainers.image.ref.name': 'v1' } };
    addIndex(files, [named, single]);
    const directory = write('named', files);
    const platforms = async (name?: string) =>
      (await openLayoutFolder(directory, name)).images.map(({ platform }) => platform);

    expect(await platforms('v1')).toEqual(['linux/amd64', 'linux/arm64']);
    expect(await platforms(single.digest)).toEqual(['linux/riscv64']);
    expect(await platforms()).toHaveLength(3);
    await expect(platforms('v2')).rejects.toThrow(
      `${directory}/index.json: the image layout has no image 'v2'`,
    );
  });

  it('is held to its digests', async () => {
    const files = ociFiles(await image('amd64'));
    const [config] = [...files.keys()].filter((path) => files.get(path)?.toString().includes('"rootfs"'));
    files.set(
      config ?? '',
      Buffer.from(
        files
          .get(config ?? '')
          ?.toString()
          .replace('A=b', 'A=c') ?? '',
      ),
    );
    await expect(openLayoutFolder(write('changed', files))).rejects.toThrow('is not what its digest says');
  });

  it('has to be there', async () => {
    await expect(openLayoutFolder(join(folder, 'nothing'))).rejects.toThrow('index.json is missing');
  });
});
