import { Readable } from 'node:stream';
import { type Digest, digestOf } from '../../blobs/digest';
import { JsonDocument } from '../../json-document';
import { canonicalJson } from '../../layout/canonical-json';
import { OCI_INDEX, OCI_MANIFEST } from '../../media-types';
import type { Destination } from './destination';
import { pushManifest } from './push-manifest';
import { type Annotations, document, type PushedBlob, type PushedDocument } from './push-plan';
import { uploadBlob } from './upload-blob';

/** Something that is said of an image, and stored beside it: an SBOM, a provenance, a signature. */
export interface Referrer {
  /** By which it is found: `application/spdx+json`. */
  readonly artifactType: string;
  /** Of {@link content}; the artifact's type where it is not said. */
  readonly mediaType?: string;
  readonly content: Buffer;
  readonly annotations?: Annotations;
}

/**
 * Stores a referrer, and sees to it that it is found: by the registry itself, or under a tag where it has no referrers API.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-manifests-with-subject
 *
 * @param subject What it speaks of.
 * @returns The digest of the referrer's manifest.
 */
export async function pushReferrer(
  destination: Destination,
  subject: PushedDocument,
  referrer: Referrer,
): Promise<Digest> {
  const content = blobOf(referrer.content);
  for (const blob of [content, EMPTY]) {
    await uploadBlob(destination, blob, { mountFrom: [], onBytes: () => undefined });
  }
  const manifest = manifestOf(subject, referrer, content);
  const response = await pushManifest(destination, manifest, manifest.digest);
  const isKnown =
    response?.headers['oci-subject'] !== undefined || (await isListed(destination, subject, manifest));
  if (!isKnown) await listUnderTag(destination, subject, manifest, referrer);
  return manifest.digest;
}

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md#guidance-for-an-empty-descriptor */
const EMPTY = blobOf(Buffer.from('{}'));
const EMPTY_TYPE = 'application/vnd.oci.empty.v1+json';

function manifestOf(
  subject: PushedDocument,
  { artifactType, mediaType = artifactType, annotations }: Referrer,
  content: PushedBlob,
): PushedDocument {
  return document(
    OCI_MANIFEST,
    canonicalJson({
      ...{ schemaVersion: 2, mediaType: OCI_MANIFEST, artifactType, annotations },
      config: { mediaType: EMPTY_TYPE, digest: EMPTY.digest, size: EMPTY.size, data: 'e30=' },
      layers: [{ mediaType, digest: content.digest, size: content.size }],
      subject: { mediaType: subject.mediaType, digest: subject.digest, size: subject.bytes.length },
    }),
  );
}

/** As for a base image: no list is larger. */
const MAX_LIST_BYTES = 4 << 20;

/** Registries without the API say so in many ways. */
const NO_API = [400, 401, 403, 404, 405, 406, 501];

/** Whether the referrers API knows of it. */
async function isListed(
  { client, repository }: Destination,
  subject: PushedDocument,
  manifest: PushedDocument,
): Promise<boolean> {
  const { response, bytes } = await client.document(
    {
      ...{ method: 'GET', to: `referrers/${subject.digest}`, repository, access: 'pull,push' },
      ...{ headers: { accept: OCI_INDEX }, expect: [200, ...NO_API] },
    },
    MAX_LIST_BYTES,
  );
  return response.status === 200 && bytes.includes(manifest.digest);
}

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#referrers-tag-schema */
async function listUnderTag(
  destination: Destination,
  subject: PushedDocument,
  manifest: PushedDocument,
  { artifactType, annotations }: Referrer,
): Promise<void> {
  const tag = subject.digest.replace(':', '-');
  const listed = await readList(destination, tag);
  if (listed.some(({ digest }) => digest === manifest.digest)) return;
  const { mediaType, digest, bytes } = manifest;
  const entry = { mediaType, digest, size: bytes.length, artifactType, annotations };
  const list = { schemaVersion: 2, mediaType: OCI_INDEX, manifests: [...listed, entry] };
  await pushManifest(destination, document(OCI_INDEX, canonicalJson(list)), tag);
}

async function readList(
  { client, repository }: Destination,
  tag: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { response, bytes } = await client.document(
    {
      ...{ method: 'GET', to: `manifests/${tag}`, repository, access: 'pull,push' },
      ...{ headers: { accept: OCI_INDEX }, expect: [200, 404] },
    },
    MAX_LIST_BYTES,
  );
  if (response.status === 404) return [];
  const where = `${client.endpoint.registry}/${repository}:${tag}`;
  return JsonDocument.parse(bytes.toString('utf8'), where)
    .children('manifests')
    .map(({ raw }) => raw);
}

function blobOf(bytes: Buffer): PushedBlob {
  return {
    digest: digestOf(bytes),
    size: bytes.length,
    open: (start, end) => Readable.from([bytes.subarray(start, end)]),
  };
}
