import { OciImageError } from '../../errors';
import type { RegistryClient } from '../client/registry-client';
import { discard, type HttpResponse, Silence } from '../http/http-message';
import { pause, Transient } from '../http/transient';
import type { KnownBlob } from './blob-cache';
import type { PartialBlob } from './partial-blob';

export interface BlobRequest {
  readonly repository: string;
  readonly blob: KnownBlob;
  /** Told how many bytes are there, each time that some have arrived. */
  readonly onBytes: (bytes: number) => void;
}

/** A connection that still brought so much has not failed in vain. */
const WORTHWHILE_BYTES = 1 << 20;

/**
 * Appends to a partial blob what is missing. Where the connection breaks or falls silent, it is asked for the rest alone.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-blobs
 *
 * @throws OciImageError for a refusal, for more bytes than there may be, and where the rest does not come after as many attempts as allowed.
 */
export async function downloadBlob(
  client: RegistryClient,
  request: BlobRequest,
  partial: PartialBlob,
): Promise<void> {
  let had = partial.bytes;
  for (let made = 1; ; made++) {
    try {
      return await receive(client, request, partial);
    } catch (error) {
      if (!(error instanceof Transient)) throw error;
      if (partial.bytes - had >= WORTHWHILE_BYTES) made = 1;
      had = partial.bytes;
      const isOver = made >= client.retries.attempts || (error.afterMs ?? 0) > client.retries.longestDelayMs;
      if (isOver) throw error.failure;
      await pause(client.retries, made, error.afterMs, client.signal);
    }
  }
}

async function receive(client: RegistryClient, request: BlobRequest, partial: PartialBlob): Promise<void> {
  const { repository, blob, onBytes } = request;
  if (partial.bytes > blob.size) await partial.restart();
  if (partial.bytes === blob.size && blob.size > 0) return;
  const response = await client.once({
    ...{ method: 'GET', to: `blobs/${blob.digest}`, repository, access: 'pull', expect: [200, 206, 416] },
    headers: partial.bytes > 0 ? { range: `bytes=${partial.bytes}-` } : {},
  });
  if (!isContinuation(response, partial.bytes)) await partial.restart();
  if (response.status === 416) {
    discard(response);
    throw new Transient(cutShort(client, request, partial.bytes));
  }
  await append(client, request, partial, response);
  if (partial.bytes < blob.size) throw new Transient(cutShort(client, request, partial.bytes));
  onBytes(partial.bytes);
}

/** Whether an answer begins where we stand: a server may pass over the range, or not have it. */
function isContinuation({ status, headers }: HttpResponse, from: number): boolean {
  if (status !== 206) return from === 0;
  const start = /^bytes (\d+)-/.exec(headers['content-range'] ?? '')?.[1];
  return start === undefined ? false : Number(start) === from;
}

async function append(
  client: RegistryClient,
  { repository, blob, onBytes }: BlobRequest,
  partial: PartialBlob,
  response: HttpResponse,
): Promise<void> {
  try {
    for await (const chunk of response.body) {
      if (partial.bytes + (chunk as Buffer).length > blob.size) throw tooLong(client, repository, blob);
      await partial.append(chunk as Buffer);
      onBytes(partial.bytes);
    }
  } catch (error) {
    const explained = await client.explain(error, { repository }, response.url);
    // Here, unlike for a question, another attempt has less left to do.
    throw error instanceof Silence && explained instanceof OciImageError
      ? new Transient(explained)
      : explained;
  }
}

function cutShort(client: RegistryClient, { repository, blob }: BlobRequest, bytes: number): OciImageError {
  return wrong(client, repository, `${blob.digest} ends after ${bytes} of ${blob.size} bytes`);
}

function tooLong(client: RegistryClient, repository: string, { digest, size }: KnownBlob): OciImageError {
  return wrong(client, repository, `${digest} has more than its ${size} bytes`);
}

function wrong({ endpoint }: RegistryClient, repository: string, what: string): OciImageError {
  return new OciImageError(what, {
    location: { file: `${endpoint.registry}/${endpoint.prefix}${repository}` },
    advice: `try again; if it stays so, ask who runs ${endpoint.registry} or a proxy on the way`,
  });
}
