import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { type Bytes, blobPath, type Digest, digestOf } from '../../blobs/digest';
import { canonicalJson } from '../../layout/canonical-json';
import type { Descriptor } from '../../layout/layout';
import { readLayout, readText } from '../../layout/read-layout';

/** A manifest or an index as it is pushed. */
export interface PushedDocument {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly bytes: Buffer;
  /** Of a manifest; an index has none. */
  readonly platform?: string;
}

export interface PushedBlob {
  readonly digest: Digest;
  readonly size: Bytes;
  /** @param end The byte after the last one. */
  open(start: Bytes, end: Bytes): Readable;
}

/** What a registry has to have of a layout. */
export interface PushPlan {
  /** Layers and configs, each once. */
  readonly blobs: readonly PushedBlob[];
  /** One for each platform, in the order of the layout. */
  readonly manifests: readonly PushedDocument[];
  /** What the tags name: the index, or the only manifest. */
  readonly top: PushedDocument;
}

export type Annotations = Readonly<Record<string, string>>;

/**
 * @param annotations Go into each manifest and the index, which gives them other digests than those of the layout.
 * @throws OciImageError where the layout is not whole.
 */
export async function planPush(directory: string, annotations: Annotations): Promise<PushPlan> {
  const { images, index } = await readLayout(directory);
  const manifests: PushedDocument[] = [];
  for (const { manifest, platform } of images) {
    manifests.push({ ...(await annotated(directory, manifest, annotations)), platform });
  }
  const [only] = manifests;
  const top = index || !only ? index && (await indexOf(directory, index, manifests, annotations)) : only;
  if (!top) throw new Error('a layout holds at least one image');
  const descriptors = images.flatMap(({ configDescriptor, layers }) => [configDescriptor, ...layers]);
  const blobs = new Map(descriptors.map((blob) => [blob.digest, blobOf(directory, blob)]));
  return { blobs: [...blobs.values()], manifests, top };
}

type Json = Record<string, unknown>;

async function annotated(
  directory: string,
  { mediaType, digest }: Descriptor,
  annotations: Annotations,
): Promise<PushedDocument> {
  const text = await readText(directory, blobPath(digest));
  if (Object.keys(annotations).length === 0) return document(mediaType, text);
  return document(mediaType, canonicalJson(withAnnotations(JSON.parse(text) as Json, annotations)));
}

async function indexOf(
  directory: string,
  { mediaType, digest }: Descriptor,
  manifests: readonly PushedDocument[],
  annotations: Annotations,
): Promise<PushedDocument> {
  const text = await readText(directory, blobPath(digest));
  if (Object.keys(annotations).length === 0) return document(mediaType, text);
  const index = JSON.parse(text) as Json & { readonly manifests: readonly Json[] };
  const listed = index.manifests.map((descriptor, at) => {
    const manifest = manifests[at];
    return manifest ? { ...descriptor, digest: manifest.digest, size: manifest.bytes.length } : descriptor;
  });
  return document(mediaType, canonicalJson(withAnnotations({ ...index, manifests: listed }, annotations)));
}

function withAnnotations(json: Json, annotations: Annotations): Json {
  return { ...json, annotations: { ...(json['annotations'] as Json | undefined), ...annotations } };
}

export function document(mediaType: string, text: string): PushedDocument {
  const bytes = Buffer.from(text);
  return { mediaType, digest: digestOf(bytes), bytes };
}

function blobOf(directory: string, { digest, size }: Descriptor): PushedBlob {
  const file = join(directory, blobPath(digest));
  return { digest, size, open: (start, end) => createReadStream(file, { start, end: end - 1 }) };
}
