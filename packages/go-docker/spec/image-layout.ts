import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { type ArchivedImage, BUILD_EPOCH, type Layout, readLayout, writeLayout } from '@go-docker/oci-image';

export type LayerFiles = Readonly<Record<string, TestFile>>;

type TestFile =
  | { readonly content: Buffer | string; readonly mode: number }
  /** A symbolic link, a hard link to another file of the layer, or a folder. */
  | { readonly symlink: string }
  | { readonly link: string }
  | 'folder';

export const executable = (content: Buffer | string) => ({ content, mode: 0o755 });

/** A program for linux/arm64, compiled in a folder. */
export function goProgram(folder: string): Buffer {
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
  return readFileSync(join(folder, 'api'));
}

/** Writes, in a folder, the layout of an image for one platform whose lowest layer came with its base. */
export async function layoutOf(
  folder: string,
  layers: readonly LayerFiles[],
  architecture: 'amd64' | 'arm64' = 'arm64',
): Promise<Layout> {
  const tars = layers.map((files) => tarOf(folder, files));
  const diffIds = tars.map((tar) => `sha256:${createHash('sha256').update(tar).digest('hex')}` as const);
  const created = (at: number) =>
    at === 0 ? '2024-05-06T07:08:09Z' : new Date(BUILD_EPOCH * 1000).toISOString();
  const image: ArchivedImage = {
    platform: `linux/${architecture}`,
    config: {
      os: 'linux',
      architecture,
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
  return readLayout(directory);
}

/** A tar, made by the program of that name. */
function tarOf(folder: string, files: LayerFiles): Buffer {
  const root = mkdtempSync(join(folder, 'layer-'));
  for (const [name, file] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    if (file === 'folder') mkdirSync(join(root, name));
    else if ('symlink' in file) symlinkSync(file.symlink, join(root, name));
    else if ('link' in file) linkSync(join(root, file.link), join(root, name));
    else {
      writeFileSync(join(root, name), file.content);
      chmodSync(join(root, name), file.mode);
    }
  }
  return execFileSync('tar', ['-C', root, '-c', ...Object.keys(files)], { maxBuffer: 1 << 28 });
}
