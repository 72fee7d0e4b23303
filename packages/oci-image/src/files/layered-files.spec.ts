import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { sha256, tarOf, type TestEntry } from '../../spec/archives';
import type { ArchivedLayer } from '../image';
import type { FileNode } from './file-node';
import { LayeredFiles } from './layered-files';
import { readImageFiles } from './read-image-files';

async function filesOf(...layers: readonly TestEntry[][]): Promise<Map<string, FileNode>> {
  const archived = layers.map(async (entries): Promise<ArchivedLayer> => {
    const tar = await tarOf(entries);
    return {
      ...{ diffId: `sha256:${sha256(tar)}`, compression: 'none', size: tar.length },
      open: () => Readable.from([tar]),
    };
  });
  const rootfs = { type: 'layers', diff_ids: [] } as const;
  const config = { os: 'linux', architecture: 'amd64', rootfs };
  return readImageFiles({ platform: 'linux/amd64', config, layers: await Promise.all(archived) }, 'base');
}

/** `bin -> usr/bin`, as Debian has it. */
const MERGED: TestEntry[] = [
  { name: 'usr/bin/sh', content: 'sh' },
  { name: 'bin', type: 'symlink', linkname: 'usr/bin' },
];

describe('a layer', () => {
  it.each([
    ['before', ['d/own', 'd/sub/own', 'd/.wh..wh..opq']],
    ['behind', ['d/.wh..wh..opq', 'd/own', 'd/sub/own']],
  ])('hides all that is below it in a folder, and nothing of its own %s', async (_, names) => {
    const files = await filesOf(
      [
        { name: 'd/old', content: '' },
        { name: 'd/sub/old', content: '' },
      ],
      names.map((name) => ({ name, content: '' })),
    );
    expect([...files.keys()].sort()).toEqual(['', 'd', 'd/own', 'd/sub', 'd/sub/own']);
  });

  it('takes away a file of the layers below, and not its own of that name', async () => {
    const own = [
      { name: 'a/own', content: '' },
      { name: '.wh.a', content: '' },
    ];
    const files = await filesOf([{ name: 'a/old', content: '' }], own);
    expect([...files.keys()]).toEqual(['', 'a', 'a/own']);
  });

  it('puts its files where the links of the layers below lead', async () => {
    const files = await filesOf(MERGED, [
      { name: 'bin/tool', content: 'tool' },
      { name: 'bin/hard', type: 'link', linkname: 'bin/sh' },
      { name: 'bin/.wh.sh', content: '' },
    ]);
    expect([...files.keys()].sort()).toEqual(['', 'bin', 'usr', 'usr/bin', 'usr/bin/hard', 'usr/bin/tool']);
    expect(files.get('bin')).toMatchObject({ type: 'symlink', target: 'usr/bin' });
    const hard = files.get('usr/bin/hard');
    expect(hard?.type === 'file' && (await text(hard.open()))).toBe('sh');
  });

  it('replaces a link where it has a folder of that name, and stays in the image behind any link', async () => {
    const files = await filesOf(
      [...MERGED, { name: 'out', type: 'symlink', linkname: '../../../etc/' }],
      [
        { name: 'bin', type: 'directory' },
        { name: 'bin/tool', content: '' },
        { name: 'out/passwd', content: '' },
      ],
    );
    expect([...files.keys()].sort()).toEqual(
      ['', 'bin', 'bin/tool', 'etc', 'etc/passwd', 'out', 'usr', 'usr/bin', 'usr/bin/sh'].sort(),
    );
  });

  it('is refused where its links lead in a circle', async () => {
    const circle: TestEntry[] = [
      { name: 'a', type: 'symlink', linkname: '/b' },
      { name: 'b', type: 'symlink', linkname: 'a' },
    ];
    await expect(filesOf(circle, [{ name: 'a/file', content: '' }])).rejects.toThrow(
      "the layer is malformed: the links of 'a' lead in a circle",
    );
  });

  it.each(['.wh.', '.wh..', 'd/.wh...'])('is refused for the whiteout %s', async (name) => {
    await expect(filesOf([{ name: 'd/old', content: '' }], [{ name, content: '' }])).rejects.toThrow(
      `'${name}' hides what is no file of its folder`,
    );
  });

  it('moves no cursor with the names of its files', async () => {
    await expect(filesOf([{ name: '../\x1b[2J\nx', content: '' }])).rejects.toThrow(
      "its entry '../ [2J x' leaves the image",
    );
  });
});

describe('a name that means something else on Windows', () => {
  const pathOf = (name: string, system: NodeJS.Platform, target = '') => {
    const files = new LayeredFiles(system);
    files.beginLayer('base: layer 1');
    files.put('link', { type: 'symlink', target, mode: 0o777, uid: 0, gid: 0 });
    return files.pathOf(name);
  };

  it.each(['..\\..\\evil'])('is refused there: %s', (name) => {
    expect(() => pathOf(name, 'win32')).toThrow(
      `base: layer 1: the layer is malformed: its entry '${name}' has a name that means something else on Windows`,
    );
    expect(pathOf(name, 'linux')).toBe(name);
  });

  it('is refused there where only a link leads to it', () => {
    expect(() => pathOf('link/x', 'win32', '..\\..')).toThrow('means something else on Windows');
  });
});
