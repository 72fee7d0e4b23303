import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { succeed } from '../workspace/program';

/** An image as the test itself reads it from the files: nothing of the packages under test is used. */
export interface LayoutImage {
  readonly platform: string;
  /** Digest of the manifest. */
  readonly digest: string;
  readonly config: ImageConfig;
  readonly layers: readonly LayoutLayer[];
}

export interface LayoutLayer {
  readonly digest: string;
  readonly diffId: string;
  readonly compressedBytes: number;
  readonly unpackedBytes: number;
  /** The layer as a tar archive. */
  readonly tar: Buffer;
}

export interface ImageConfig {
  readonly architecture: string;
  readonly os: string;
  readonly variant?: string;
  readonly created?: string;
  readonly config: {
    readonly User?: string;
    readonly Entrypoint?: readonly string[];
    readonly Cmd?: readonly string[];
    readonly Env?: readonly string[];
    readonly Labels?: Readonly<Record<string, string>>;
    readonly ExposedPorts?: Readonly<Record<string, object>>;
  };
  readonly rootfs: { readonly diff_ids: readonly string[] };
  readonly history: readonly { created?: string; created_by?: string; empty_layer?: boolean }[];
}

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly platform?: { os: string; architecture: string; variant?: string };
  readonly annotations?: Readonly<Record<string, string>>;
}

interface Manifest {
  readonly schemaVersion: number;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}

const INDEX = 'application/vnd.oci.image.index.v1+json';

/**
 * Reads `<imagePath>/oci` as the OCI image layout specification says
 * (https://github.com/opencontainers/image-spec/blob/main/image-layout.md). Fails where a blob is missing, has another
 * size or digest than its descriptor says, or is not reached from index.json.
 */
export function readLayout(imagePath: string): LayoutImage[] {
  const directory = join(imagePath, 'oci');
  const version = JSON.parse(readFileSync(join(directory, 'oci-layout'), 'utf8')) as Record<string, unknown>;
  expect(version).toEqual({ imageLayoutVersion: '1.0.0' });

  const reached = new Set<string>();
  const blob = ({ digest, size }: Descriptor): Buffer => {
    const [algorithm, hex] = digest.split(':');
    expect(algorithm).toBe('sha256');
    const bytes = readFileSync(join(directory, 'blobs', 'sha256', hex ?? ''));
    expect({ digest: sha256(bytes), size: bytes.length }).toEqual({ digest, size });
    reached.add(hex ?? '');
    return bytes;
  };
  const manifests = (index: { manifests: Descriptor[] }): Descriptor[] =>
    index.manifests.flatMap((entry) =>
      entry.mediaType === INDEX ? manifests(JSON.parse(blob(entry).toString()) as typeof index) : [entry],
    );

  const index = JSON.parse(readFileSync(join(directory, 'index.json'), 'utf8')) as {
    manifests: Descriptor[];
  };
  const images = manifests(index).map((entry) => readImage(entry, blob));
  expect(readdirSync(join(directory, 'blobs', 'sha256')).sort()).toEqual([...reached].sort());
  return images;
}

/** The one image of a layout for one platform. */
export function readSingleImage(imagePath: string): LayoutImage {
  const [image, ...others] = readLayout(imagePath);
  if (image === undefined || others.length > 0)
    throw new Error(`${imagePath} holds ${others.length + 1} images`);
  return image;
}

/** Path of the program that the image starts. */
export function binaryPath(image: LayoutImage): string {
  const [path] = image.config.config.Entrypoint ?? [];
  if (path === undefined) throw new Error('The image starts no program.');
  return path;
}

/** Bytes of a file in the image, from the highest layer that holds it. */
export async function fileOf(image: LayoutImage, path: string): Promise<Buffer> {
  for (const layer of [...image.layers].reverse()) {
    const names = await entriesOf(layer);
    const name = names.find((entry) => normal(entry) === normal(path));
    if (name !== undefined) return await extract(layer, name);
  }
  throw new Error(`no layer holds ${path}`);
}

/** Names of everything in a layer, as `tar` lists them. */
export async function entriesOf(layer: LayoutLayer): Promise<string[]> {
  const listing = await withTar(layer, (file) => succeed('tar', ['--list', '--file', file]));
  return listing.split('\n').filter((line) => line !== '');
}

export function sha256(bytes: Buffer | string): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

function readImage(entry: Descriptor, blob: (descriptor: Descriptor) => Buffer): LayoutImage {
  const manifest = JSON.parse(blob(entry).toString()) as Manifest;
  expect(manifest.schemaVersion).toBe(2);
  const config = JSON.parse(blob(manifest.config).toString()) as ImageConfig;
  const layers = manifest.layers.map((descriptor): LayoutLayer => {
    const stored = blob(descriptor);
    const tar = descriptor.mediaType.endsWith('gzip') ? gunzipSync(stored) : stored;
    return {
      digest: descriptor.digest,
      diffId: sha256(tar),
      compressedBytes: stored.length,
      unpackedBytes: tar.length,
      tar,
    };
  });
  expect(layers.map((layer) => layer.diffId)).toEqual(config.rootfs.diff_ids);
  const platform = [config.os, config.architecture, config.variant].filter(Boolean).join('/');
  return { platform, digest: entry.digest, config, layers };
}

function normal(path: string): string {
  return path.replace(/^(\.?\/)+/, '');
}

async function extract(layer: LayoutLayer, name: string): Promise<Buffer> {
  return withTar(layer, async (file, directory) => {
    await succeed('tar', ['--extract', '--file', file, '--directory', directory, name]);
    return readFileSync(join(directory, name));
  });
}

async function withTar<T>(
  layer: LayoutLayer,
  use: (file: string, directory: string) => Promise<T>,
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'gd-layer-'));
  try {
    const file = join(directory, 'layer.tar');
    writeFileSync(file, layer.tar);
    return await use(file, directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
