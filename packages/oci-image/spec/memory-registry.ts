import type { ServerResponse } from 'node:http';
import { type Files, MANIFEST, sha256 } from './archives';
import { type LoopbackServer, loopbackServer, reply, type SeenRequest } from './loopback-server';

/** @returns true where it has answered, or means to hang. */
export type Misbehaviour = (request: SeenRequest, response: ServerResponse) => boolean;

export interface MemoryRegistry extends LoopbackServer {
  /** What it does before it answers as it should. */
  misbehave(how: Misbehaviour): void;
}

/** A registry of one repository whose blobs and manifests are the files of an archive; its tag `1` is what `index.json` lists first. */
export async function memoryRegistry(files: Files): Promise<MemoryRegistry> {
  let misbehaviour: Misbehaviour = () => false;
  const server = await loopbackServer((request, response) => {
    if (request.url === '/v2/') reply(response, 200);
    else if (!misbehaviour(request, response)) answer(files, request, response);
  });
  return { ...server, misbehave: (how) => (misbehaviour = how) };
}

function answer(files: Files, { url, headers }: SeenRequest, response: ServerResponse): void {
  const [, kind, name = ''] = /\/(blobs|manifests)\/([^/]+)$/.exec(url) ?? [];
  const digest = name === '1' ? tagged(files) : name;
  const bytes = files.get(`blobs/sha256/${digest.slice('sha256:'.length)}`);
  const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
  if (kind === undefined || !bytes) reply(response, 404, '{"errors":[{"code":"NOT_FOUND"}]}');
  else if (from === 0) reply(response, 200, bytes, headersOf(kind, bytes));
  else {
    const range = { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` };
    reply(response, 206, bytes.subarray(from), range);
  }
}

function tagged(files: Files): string {
  const index = JSON.parse(String(files.get('index.json'))) as { manifests: { digest: string }[] };
  return index.manifests[0]?.digest ?? '';
}

function headersOf(kind: string, bytes: Buffer): Record<string, string> {
  if (kind === 'blobs') return {};
  const { mediaType = MANIFEST } = JSON.parse(bytes.toString()) as { mediaType?: string };
  return { 'content-type': mediaType, 'docker-content-digest': `sha256:${sha256(bytes)}` };
}
