import type { Bytes } from '../../blobs/digest';
import { discard } from '../http/http-message';
import { withRetries } from '../http/transient';
import { uploadInChunks } from './chunked-upload';
import type { Destination } from './destination';
import type { PushedBlob } from './push-plan';
import { bodyOf, placeOf, type UploadSession, withDigest } from './upload-session';

export interface UploadOptions {
  /** Repositories of the same registry that may have the blob. */
  readonly mountFrom: readonly string[];
  /** Larger blobs are sent in pieces of this size; undefined: as one, unless the registry finds that too large. */
  readonly chunkBytes?: Bytes;
  readonly onBytes: (bytes: Bytes) => void;
}

/** `there`: the repository had it. `mounted`: another repository had it. */
export type UploadOutcome = 'there' | 'mounted' | 'sent';

/**
 * Makes sure that a repository has a blob, and sends it only where nothing else helps.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-blobs
 *
 * @throws OciImageError for a refusal, and where sending fails as often as is allowed.
 */
export async function uploadBlob(
  destination: Destination,
  blob: PushedBlob,
  options: UploadOptions,
): Promise<UploadOutcome> {
  if (await hasBlob(destination, destination.repository, blob)) return 'there';
  const from = await whoHas(destination, blob, options.mountFrom);
  const { retries, signal } = destination.client;
  return withRetries(retries, signal, () => attempt(destination, blob, from, options));
}

/** What a registry says of a repository that it does not show to us, or not at all. */
const NOT_SHOWN = [400, 401, 403, 404, 405];

async function hasBlob(
  { client, repository }: Destination,
  where: string,
  blob: PushedBlob,
): Promise<boolean> {
  const isOwn = where === repository;
  const response = await client.request({
    ...{
      method: 'HEAD',
      to: `blobs/${blob.digest}`,
      repository: where,
      access: isOwn ? 'pull,push' : 'pull',
    },
    expect: isOwn ? [200, 404] : [200, ...NOT_SHOWN],
  });
  discard(response);
  return response.status === 200;
}

async function whoHas(
  destination: Destination,
  blob: PushedBlob,
  repositories: readonly string[],
): Promise<string | undefined> {
  for (const from of repositories) {
    if (from !== destination.repository && (await hasBlob(destination, from, blob))) return from;
  }
  return undefined;
}

/** Pieces for a registry, or a proxy before it, that refuses a blob as one: below the 100 MB of a well-known one. */
const FALLBACK_CHUNK_BYTES = 64 << 20;

async function attempt(
  destination: Destination,
  blob: PushedBlob,
  from: string | undefined,
  options: UploadOptions,
): Promise<UploadOutcome> {
  const session = await startUpload(destination, blob, from);
  if (session === 'mounted') return 'mounted';
  const { chunkBytes = Infinity } = options;
  if (blob.size > chunkBytes) {
    await uploadInChunks(destination, blob, session, { chunkBytes, onBytes: options.onBytes });
  } else if (!(await sendWhole(destination, blob, session, options.onBytes))) {
    const again = await startUpload(destination, blob, undefined);
    if (again === 'mounted') return 'mounted';
    await uploadInChunks(destination, blob, again, {
      chunkBytes: FALLBACK_CHUNK_BYTES,
      onBytes: options.onBytes,
    });
  }
  return 'sent';
}

async function startUpload(
  { client, repository }: Destination,
  { digest }: PushedBlob,
  from: string | undefined,
): Promise<UploadSession | 'mounted'> {
  const mount =
    from === undefined ? '' : `?mount=${encodeURIComponent(digest)}&from=${encodeURIComponent(from)}`;
  const response = await client.once({
    ...{ method: 'POST', to: `blobs/uploads/${mount}`, repository, access: 'pull,push', alsoPull: from },
    expect: from === undefined ? [202] : [201, 202],
  });
  discard(response);
  if (response.status === 201) return 'mounted';
  const minimum = Number(response.headers['oci-chunk-min-length']) || 0;
  return { url: placeOf(response, undefined, repository), minimumChunkBytes: minimum };
}

/** @returns false where the registry finds the blob too large to be sent as one. */
async function sendWhole(
  { client, repository }: Destination,
  blob: PushedBlob,
  { url }: UploadSession,
  onBytes: (bytes: Bytes) => void,
): Promise<boolean> {
  const response = await client.once({
    ...{ method: 'PUT', to: withDigest(url, blob), repository, access: 'pull,push', expect: [201, 413] },
    headers: { 'content-type': 'application/octet-stream' },
    body: bodyOf(blob, 0, blob.size, onBytes),
    silenceMs: client.timeouts.commitMs,
  });
  discard(response);
  return response.status === 201;
}
