import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { executable, goProgram, type LayerFiles, layoutOf } from '../../spec/image-layout';
import { imagePrograms } from './image-programs';

const folder = mkdtempSync(join(tmpdir(), 'image-programs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let program: Buffer;

beforeAll(() => {
  program = goProgram(folder);
}, 120_000);

/** Finds the programs of an image whose lowest layer came with its base. */
async function programsIn(...layers: readonly LayerFiles[]) {
  const layout = await layoutOf(folder, layers);
  const [only] = layout.images;
  if (!only) throw new Error('no image was written');
  return imagePrograms(layout, only, new AbortController().signal);
}

describe('imagePrograms', () => {
  it('finds the programs of the Dockerfile, and none of the base', async () => {
    const found = await programsIn(
      { 'bin/base': executable(program) },
      { 'usr/bin/api': executable(program) },
    );
    expect(found).toEqual([
      {
        path: '/usr/bin/api',
        buildInfo: expect.objectContaining({
          path: 'example.com/api',
          goVersion: expect.stringMatching(/^go1\./),
        }),
      },
    ]);
  });

  it('passes over what is no program of Go', async () => {
    const found = await programsIn(
      { base: executable('') },
      {
        'no-mode': { content: program, mode: 0o644 },
        script: executable(`#!/bin/sh\n${'#'.repeat(100_000)}`),
        packed: executable(Buffer.concat([Buffer.from('\x7fELF', 'latin1'), Buffer.alloc(100_000)])),
        api: executable(program),
      },
    );
    expect(found.map(({ path }) => path)).toEqual(['/api']);
  });

  it('counts what a container sees: replaced and removed programs are gone', async () => {
    const found = await programsIn(
      { base: executable('') },
      {
        'a/replaced': executable(program),
        'a/removed': executable(program),
        'b/in-folder': executable(program),
        'c/opaque': executable(program),
        'd/stays': executable(program),
      },
      { 'a/replaced': executable('text'), 'a/.wh.removed': executable(''), '.wh.b': executable('') },
      { 'c/new': executable(program), 'c/.wh..wh..opq': executable('') },
    );
    expect(found.map(({ path }) => path)).toEqual(['/c/new', '/d/stays']);
  });
});
