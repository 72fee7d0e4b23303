import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureLayout } from '@go-docker/oci-image';
import { executable, goProgram, type LayerFiles, layoutOf } from '../../spec/image-layout';
import { breakDown } from './break-down';
import { measureFiles, measureImage } from './measure-image';

const folder = mkdtempSync(join(tmpdir(), 'measure-image-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let program: Buffer;
beforeAll(() => {
  program = goProgram(folder);
}, 120_000);

const file = (content: string, mode = 0o644) => ({ content, mode });
const never = new AbortController().signal;

/** Measures an image whose lowest layer came with its base. */
async function measured(...layers: readonly LayerFiles[]) {
  const layout = await layoutOf(folder, layers);
  const image = { project: 'api', images: await measureLayout(layout.directory) };
  const [contents] = await measureImage(image, layout, breakDown, never);
  if (!contents) throw new Error('no image was measured');
  return { contents, image, layout };
}

const elf = Buffer.from('\x7fELF', 'latin1');

describe('measureImage', () => {
  it('tells what a program is spent on, to the last byte', async () => {
    const { contents } = await measured({ base: file('x') }, { 'bin/api': executable(program) });
    const [api] = contents.programs;
    if (!api || 'unknown' in api.breakdown) throw new Error('it was not broken down');
    expect(api).toMatchObject({ path: '/bin/api', bytes: program.length });
    const { goVersion, isTrimmed, packages, modules, unattributed } = api.breakdown;
    expect(goVersion).toMatch(/^go1\./);
    // It was built without -trimpath.
    expect(isTrimmed).toBe(false);
    expect([...packages, ...unattributed].reduce((sum, { bytes }) => sum + bytes, 0)).toBe(program.length);
    expect(packages.map(({ importPath }) => importPath)).toEqual(
      expect.arrayContaining(['runtime', 'example.com/api']),
    );
    // Advice looks for these names.
    expect(unattributed.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['debug information (DWARF)', 'symbol table']),
    );
    // No version of its own module, which may change with every commit.
    expect(modules).toContainEqual({ path: 'example.com/api', bytes: expect.any(Number) });
  });

  it('counts programs and other files of the app, and none of the base', async () => {
    const { contents } = await measured(
      { 'bin/base': executable(program), 'etc/base': file('base') },
      { 'bin/api': executable(program), 'srv/page': file('page'), 'bin/run.sh': file('#!/bin/sh\n', 0o755) },
    );
    expect(contents.sizes).toMatchObject({ binaryBytes: program.length, assetsBytes: 14, layers: 2 });
    expect(contents.files.map(({ path, bytes, isProgram }) => [path, bytes, isProgram])).toEqual([
      ['/bin/api', program.length, true],
      ['/bin/run.sh', 10, false],
      ['/srv/page', 4, false],
    ]);
  });

  it('counts a program that says nothing of Go, and says so without the place of its copy', async () => {
    const packed = Buffer.concat([elf, Buffer.alloc(996)]);
    const { contents } = await measured({ base: file('x') }, { api: executable(packed) });
    expect(contents.sizes.binaryBytes).toBe(1000);
    const [{ breakdown } = { breakdown: undefined }] = contents.programs;
    expect(breakdown).toEqual({ unknown: expect.any(String) });
    expect(JSON.stringify(breakdown)).not.toContain(tmpdir());
  });

  it('tells a program that is packed from one that go build did not make', async () => {
    // The header of a program without sections, as UPX leaves one, and its mark.
    const header = Buffer.concat([program.subarray(0, 64), Buffer.alloc(996)]);
    header.fill(0, 40, 48).fill(0, 54, 64);
    const packed = Buffer.concat([header, Buffer.from('UPX!', 'latin1'), Buffer.alloc(32)]);
    const layer = { packed: executable(packed), tool: executable(header) };
    const { contents } = await measured({ base: file('x') }, layer);
    expect(contents.programs.map(({ path, breakdown }) => [path, breakdown])).toEqual([
      ['/packed', { unknown: 'this program is packed by UPX', silence: 'packed' }],
      ['/tool', { unknown: 'this program says nothing of Go', silence: 'not of Go' }],
    ]);
  });

  it('takes an ELF file that nobody may execute for an asset', async () => {
    const { contents } = await measured({ base: file('x') }, { 'lib.so': { content: program, mode: 0o644 } });
    expect(contents.sizes).toMatchObject({ binaryBytes: 0, assetsBytes: program.length });
    expect(contents.programs).toEqual([]);
  });

  it('counts what higher layers hide as often as it is stored, and says that it is hidden', async () => {
    const { contents } = await measured(
      { base: file('x') },
      { 'a/same': file('12345'), 'b/in-folder': file('123'), 'c/gone': file('12'), 'd/opaque': file('1') },
      { 'a/same': file('1234'), '.wh.b': file(''), 'c/.wh.gone': file('') },
      { 'd/.wh..wh..opq': file(''), 'd/new': file('123456') },
    );
    expect(contents.sizes.assetsBytes).toBe(5 + 3 + 2 + 1 + 4 + 6);
    expect(contents.files.map(({ path, layer, isHidden }) => [path, layer, isHidden])).toEqual([
      ['/d/new', 3, false],
      ['/a/same', 1, true],
      ['/a/same', 2, false],
      ['/b/in-folder', 1, true],
      ['/c/gone', 1, true],
      ['/d/opaque', 1, true],
    ]);
  });

  it('says that a link or a folder of a higher layer hides a file, and a link a whole folder', async () => {
    const { contents } = await measured(
      { base: file('x') },
      {
        'a/by-symlink': executable(program),
        'b/by-link': file('12345'),
        'c/by-folder': file('1234'),
        'd/file': file('123'),
        'e/file': file('12'),
      },
      {
        'a/by-symlink': { symlink: '/bin/api' },
        'b/new': file('1'),
        'b/by-link': { link: 'b/new' },
        'c/by-folder': 'folder',
        d: { symlink: '/srv' },
        // What lies in a folder shows through one that only has other files or modes.
        e: 'folder',
      },
    );
    expect(contents.programs).toEqual([]);
    expect(contents.files.map(({ path, layer, isHidden }) => [path, layer, isHidden])).toEqual([
      ['/a/by-symlink', 1, true],
      ['/b/by-link', 1, true],
      ['/c/by-folder', 1, true],
      ['/d/file', 1, true],
      ['/e/file', 1, false],
      ['/b/new', 2, false],
    ]);
  });

  it('measures an image whose Dockerfile added no layer', async () => {
    const { image, layout } = await measured({ 'etc/base': file('base') }, { 'srv/page': file('page') });
    const onlyBase = {
      ...layout,
      images: layout.images.map((each) => ({ ...each, layers: each.layers.slice(0, 1) })),
    };
    const images = image.images.map((each) => {
      const layers = each.layers.slice(0, 1);
      const [{ unpackedBytes = 0, compressedBytes = 0 } = {}] = layers;
      return { ...each, layers, unpackedBytes, compressedBytes };
    });
    const [contents] = await measureImage({ ...image, images }, onlyBase, breakDown, never);
    expect(contents).toMatchObject({
      ...{
        programs: [],
        files: [],
        sizes: { binaryBytes: 0, assetsBytes: 0, layers: 1, unpacked: { appBytes: 0 } },
      },
    });
  });

  it('refuses a layout of another platform than image.json tells of', async () => {
    const { image, layout } = await measured({ base: file('x') }, { 'srv/page': file('page') });
    const [only] = image.images;
    const other = { project: 'api', images: only ? [{ ...only, platform: 'linux/riscv64' }] : [] };
    await expect(measureImage(other, layout, breakDown, never)).rejects.toThrow(
      /image.json tells of an image for linux\/riscv64, and the layout beside it has none\n→ build the image of api again/,
    );
  });

  it('stops when it is told to', async () => {
    const { image, layout } = await measured({ base: file('x') }, { 'srv/page': file('page') });
    const aborted = AbortSignal.abort(new Error('interrupted'));
    await expect(measureImage(image, layout, breakDown, aborted)).rejects.toThrow('interrupted');
  });
});

it('measureFiles gives the same sizes', async () => {
  const { contents, image, layout } = await measured(
    { base: file('x') },
    { 'bin/api': executable(program), 'srv/page': file('page') },
  );
  expect(await measureFiles(image, layout, never)).toEqual([contents.sizes]);
});
