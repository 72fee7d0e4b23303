import { request as send, type ServerResponse } from 'node:http';
import { type LoopbackServer, loopbackServer, type SeenRequest } from './loopback-server';
import type { TestRegistry } from './registry';

export interface RegistryProxy extends LoopbackServer {
  misbehave(how: Misbehaviour): void;
}

/** What it does instead of asking the registry, where it returns true. */
type Misbehaviour = (request: SeenRequest, response: ServerResponse) => boolean;

/** A proxy before a real registry that fails as it is told to. */
export async function registryProxy({ address }: TestRegistry): Promise<RegistryProxy> {
  let misbehaviour: Misbehaviour = () => false;
  const server = await loopbackServer((request, response) => {
    if (!misbehaviour(request, response)) forward(address, request, response);
  });
  return { ...server, misbehave: (how) => (misbehaviour = how) };
}

function forward(
  address: string,
  { method, url, headers, body }: SeenRequest,
  response: ServerResponse,
): void {
  // With the headers as they are, `host` among them: the addresses that the registry gives lead here again.
  const outgoing = send(`http://${address}${url}`, { method, headers }, (incoming) => {
    response.writeHead(incoming.statusCode ?? 502, incoming.headers);
    incoming.pipe(response);
  });
  outgoing.on('error', () => response.destroy());
  outgoing.end(Buffer.from(body, 'latin1'));
}
