import type { Bytes } from '../../blobs/digest';
import { OciImageError } from '../../errors';
import { discard, type HttpResponse } from '../http/http-message';
import { pause, Transient } from '../http/transient';
import type { Destination } from './destination';
import type { PushedBlob } from './push-plan';
import { bodyOf, placeOf, type UploadSession, withDigest } from './upload-session';

export interface ChunkOptions {
  readonly chunkBytes: Bytes;
  readonly onBytes: (bytes: Bytes) => void;
}

interface Progress {
  readonly url: URL;
  readonly offset: Bytes;
}

/**
 * Sends a blob piece by piece. After a failure the registry is asked how much it has, and gets the rest.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-a-blob-in-chunks
 *
 * @throws Transient where the upload has to begin anew; OciImageError.
 */
export async function uploadInChunks(
  destination: Destination,
  blob: PushedBlob,
  { url, minimumChunkBytes }: UploadSession,
  { chunkBytes, onBytes }: ChunkOptions,
): Promise<void> {
  const { client, repository } = destination;
  const size = Math.max(chunkBytes, minimumChunkBytes);
  let at: Progress = { url, offset: 0 };
  for (let failures = 0; at.offset < blob.size;) {
    try {
      const next = await sendChunk(destination, blob, at, Math.min(at.offset + size, blob.size), onBytes);
      if (next.offset <= at.offset) throw new Transient(stuck(destination, at.offset));
      at = next;
      failures = 0;
    } catch (error) {
      if (!(error instanceof Transient) || ++failures >= client.retries.attempts) throw error;
      await pause(client.retries, failures, error.afterMs, client.signal);
      at = await askProgress(destination, at);
    }
  }
  const response = await client.once({
    ...{ method: 'PUT', to: withDigest(at.url, blob), repository, access: 'pull,push', expect: [201] },
    silenceMs: client.timeouts.commitMs,
  });
  discard(response);
}

async function sendChunk(
  destination: Destination,
  blob: PushedBlob,
  { url, offset }: Progress,
  end: Bytes,
  onBytes: (bytes: Bytes) => void,
): Promise<Progress> {
  const { client, repository } = destination;
  const response = await client.once({
    ...{ method: 'PATCH', to: url, repository, access: 'pull,push', expect: [202, 416] },
    headers: { 'content-type': 'application/octet-stream', 'content-range': `${offset}-${end - 1}` },
    body: bodyOf(blob, offset, end, onBytes),
  });
  discard(response);
  // It has more or less than we believe.
  if (response.status === 416) throw new Transient(stuck(destination, offset));
  return { url: placeOf(response, url, repository), offset: received(response) ?? end };
}

async function askProgress(destination: Destination, { url }: Progress): Promise<Progress> {
  const { client, repository } = destination;
  const response = await client.once({
    ...{ method: 'GET', to: url, repository, access: 'pull,push', expect: [200, 202, 204, 404] },
  });
  discard(response);
  // What was begun is gone; only a new upload can help.
  if (response.status === 404) throw new Transient(stuck(destination, 0));
  return { url: placeOf(response, url, repository), offset: received(response) ?? 0 };
}

/** `0-0` is what registries say of nothing, too; no piece has one byte. */
function received({ headers }: HttpResponse): Bytes | undefined {
  const last = /^(?:bytes=)?0-(\d+)$/.exec(headers['range'] ?? '')?.[1];
  return last === undefined ? undefined : last === '0' ? 0 : Number(last) + 1;
}

function stuck({ client, repository }: Destination, offset: Bytes): OciImageError {
  const { registry } = client.endpoint;
  return new OciImageError(`the registry does not take what follows byte ${offset} of a blob`, {
    location: { file: `${registry}/${repository}` },
    advice: `try again; if it stays so, ask who runs ${registry} or a proxy before it`,
  });
}
