import * as http from 'node:http';
import * as https from 'node:https';
import { pipeline, Readable } from 'node:stream';
import type { Bytes } from '../../blobs/digest';

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: URL;
  /** Names are written small. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: HttpBody;
  /** Milliseconds without a byte in either direction after which it is given up. */
  readonly silenceMs: number;
  readonly signal?: AbortSignal;
}

/** What is sent; opened once for each attempt. */
export interface HttpBody {
  readonly bytes: Bytes;
  open(): Readable;
}

export function bytesBody(bytes: Buffer): HttpBody {
  return { bytes: bytes.length, open: () => Readable.from([bytes]) };
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  /** Where it came from, after redirects. */
  readonly url: URL;
  /** Must be read to its end or destroyed. */
  readonly body: Readable;
}

/** No byte came, or none could be sent, for as long as a request may be silent. */
export class Silence extends Error {
  override readonly name = 'Silence';
  constructor(readonly milliseconds: number) {
    super(`nothing came for ${milliseconds / 1000} s`);
  }
}

/**
 * Sends one request. Nothing is followed, decoded or tried again: Node's `fetch` would do the first two, has a fixed idea of timeouts, and
 * sends streams of a known length as chunks, which registries behind some proxies refuse.
 *
 * @returns Once the headers are there.
 * @throws Silence; the signal's reason; an error of the system or of TLS. The body ends with the same ones.
 */
export function send(request: HttpRequest): Promise<HttpResponse> {
  const { url, method, headers, body, silenceMs, signal } = request;
  if (signal?.aborted) return Promise.reject(signal.reason as Error);
  return new Promise((resolve, reject) => {
    const length = body ? { 'content-length': String(body.bytes) } : {};
    const client = url.protocol === 'https:' ? https : http;
    // The global agents: they keep connections, and take the proxy settings that newer releases of Node know.
    // This timeout counts while a connection is made, too; `setTimeout` alone does not.
    const outgoing = client.request(url, { method, headers: { ...headers, ...length }, timeout: silenceMs });
    let incoming: http.IncomingMessage | undefined;
    const end = (error: Error) => (incoming ?? outgoing).destroy(error);
    const abort = () => end(signal?.reason as Error);
    signal?.addEventListener('abort', abort, { once: true });
    outgoing.once('close', () => signal?.removeEventListener('abort', abort));
    outgoing.on('timeout', () => end(new Silence(silenceMs)));
    outgoing.on('error', reject);
    outgoing.once('response', (response) => {
      incoming = response;
      // Whoever reads the body gets the error; it must not end the process before somebody does.
      response.on('error', () => undefined);
      // An answer to a body that is still being sent is a refusal; the rest is not sent.
      response.once('end', () => outgoing.writableFinished || outgoing.destroy());
      resolve({ status: response.statusCode ?? 0, headers: response.headers, url, body: response });
    });
    if (!body) outgoing.end();
    else pipeline(body.open(), outgoing, (error) => error && !incoming && reject(error));
  });
}

/** @throws TooLarge; what the body ends with. */
export async function readBody({ body }: HttpResponse, most: Bytes): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    if (bytes > most) throw new TooLarge(most);
  }
  return Buffer.concat(chunks);
}

/** A body is larger than anything that is asked for. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
  constructor(readonly most: Bytes) {
    super(`the answer has more than ${most} bytes`);
  }
}

/** Frees the connection of an answer that nobody reads. */
export function discard({ body }: HttpResponse): void {
  // What is short is read, so that the connection can be used again.
  body.on('error', () => undefined).resume();
}
