import { createHash, randomBytes } from 'node:crypto';
import {
  addBlob,
  addIndex,
  addManifest,
  BASE_TIME,
  everything,
  type Files,
  INDEX,
  ociFiles,
  tarOf,
  type TestLayer,
} from './archives';
import type { ArchivedImage } from '../src/image';

/** A base image for linux/amd64, linux/arm/v6 and linux/arm64, the files of its layout, and what they should come out as. */
export interface BaseImage {
  readonly files: Files;
  /** The layer that all platforms have: large enough for many chunks, and nothing that gzip could make small. */
  readonly shared: TestLayer;
  /** The digest of the index, which is what the tag names. */
  readonly digest: string;
  /** Hexadecimal digests of the layers for an architecture, lowest first. */
  layers(architecture: string): string[];
  blob(hex: string): Buffer;
}

export async function baseImage(): Promise<BaseImage> {
  const shared = {
    tar: await tarOf([{ name: 'etc/os-release', content: randomBytes(3 << 20) }]),
    created: BASE_TIME,
  };
  const files = ociFiles();
  const layers = new Map<string, string[]>();
  const manifests = [];
  for (const platform of [
    { architecture: 'amd64' },
    { architecture: 'arm', variant: 'v6' },
    { architecture: 'arm64' },
  ]) {
    const own = { tar: await tarOf([{ name: 'for', content: platform.architecture }]), created: BASE_TIME };
    const manifest = addManifest(files, { layers: [shared, own], ...platform });
    manifests.push({ ...manifest, platform: { os: 'linux', ...platform } });
    const written = JSON.parse(String(files.get(pathOf(manifest.digest)))) as {
      layers: { digest: string }[];
    };
    layers.set(
      platform.architecture,
      written.layers.map(({ digest }) => hexOf(digest)),
    );
  }
  // As BuildKit lists its provenance: an image of no platform.
  const attestation = addManifest(files, { layers: [] });
  manifests.push({
    ...{ ...attestation, platform: { os: 'unknown', architecture: 'unknown' } },
    annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
  });
  const index = addBlob(files, INDEX, { schemaVersion: 2, mediaType: INDEX, manifests });
  addIndex(files, [index]);
  return {
    ...{ files, shared, digest: index.digest },
    layers: (architecture) => layers.get(architecture) ?? [],
    blob: (hex) => files.get(`blobs/sha256/${hex}`) ?? Buffer.alloc(0),
  };
}

/** Hexadecimal digests of what an image's layers give when they are opened. */
export async function contentOf(image: ArchivedImage | undefined): Promise<string[]> {
  const layers: string[] = [];
  for (const layer of image?.layers ?? []) {
    const hash = createHash('sha256');
    for await (const chunk of layer.open()) hash.update(chunk as Buffer);
    layers.push(hash.digest('hex'));
  }
  return layers;
}

/** Names of all files in a folder. */
export function filesIn(directory: string): string[] {
  return Object.keys(everything(directory)).sort();
}

/** Nobody's credentials, and no patience. */
export const SETTINGS = { retries: { delayMs: 1 }, credentials: () => Promise.resolve(undefined) };

function hexOf(digest: string): string {
  return digest.slice('sha256:'.length);
}

function pathOf(digest: string): string {
  return `blobs/sha256/${hexOf(digest)}`;
}
