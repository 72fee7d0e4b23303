import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { type ArchivedImage, BUILD_EPOCH, readLayout, writeLayout } from '@go-docker/oci-image';
import { imagePrograms } from './image-programs';

const folder = mkdtempSync(join(tmpdir(), 'image-programs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Files = Readonly<Record<string, { readonly content: Buffer | string; readonly mode: number }>>;

let program: Buffer;

beforeAll(() => {
  const source = join(folder, 'source');
  mkdirSync(source);
  writeFileSync(join(source, 'go.mod'), 'module example.com/api\n\ngo 1.21\n');
  writeFileSync(join(source, 'main.go'), 'package main\n\nfunc main() {}\n');
  const env = {
    ...process.env,
    GOOS: 'linux',
    GOARCH: 'arm64',
    CGO_ENABLED: '0',
    GOWORK: 'off',
    GOFLAGS: '-buildvcs=false',
  };
  execFileSync('go', ['build', '-o', join(folder, 'api'), '.'], { cwd: source, env });
  program = readFileSync(join(folder, 'api'));
}, 120_000);

/** A tar, made by the program of that name. */
function tarOf(files: Files): Buffer {
  const root = mkdtempSync(join(folder, 'layer-'));
  for (const [name, { content, mode }] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
    chmodSync(join(root, name), mode);
  }
  return execFileSync('tar', ['-C', root, '-c', ...Object.keys(files)], { maxBuffer: 1 << 28 });
}

/** Finds the programs of an image whose lowest layer came with its base. */
async function programsIn(...layers: readonly Files[]) {
  const tars = layers.map(tarOf);
  const diffIds = tars.map((tar) => `sha256:${createHash('sha256').update(tar).digest('hex')}` as const);
  const created = (at: number) =>
    at === 0 ? '2024-05-06T07:08:09Z' : new Date(BUILD_EPOCH * 1000).toISOString();
  const image: ArchivedImage = {
    platform: 'linux/arm64',
    config: {
      os: 'linux',
      architecture: 'arm64',
      rootfs: { type: 'layers', diff_ids: diffIds },
      history: tars.map((_, at) => ({ created: created(at) })),
    },
    layers: tars.map((tar, at) => ({
      ...{ diffId: diffIds[at] ?? 'sha256:', compression: 'none', size: tar.length },
      open: () => Readable.from([tar]),
    })),
  };
  const directory = join(mkdtempSync(join(folder, 'layout-')), 'oci');
  await writeLayout(directory, [{ file: 'test', images: [image] }], { buildEpoch: BUILD_EPOCH });
  const layout = await readLayout(directory);
  const [only] = layout.images;
  if (!only) throw new Error('no image was written');
  return imagePrograms(layout, only, new AbortController().signal);
}

const executable = (content: Buffer | string) => ({ content, mode: 0o755 });

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
