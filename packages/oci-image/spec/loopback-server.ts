import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a server was asked. */
export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface LoopbackServer {
  /** `127.0.0.1:5000` */
  readonly address: string;
  readonly seen: SeenRequest[];
  /** Method and path of each request, the first words of every client left out. */
  asked(): string[];
}

const running: Server[] = [];

afterAll(() => {
  for (const server of running) {
    server.closeAllConnections();
    server.close();
  }
});

export type Answer = (request: SeenRequest, response: ServerResponse) => void;

/**
 * A server of the test's own, which misbehaves as it is told to. It ends with the tests of the file.
 * @param answer Whatever it leaves unanswered hangs.
 */
export async function loopbackServer(answer: Answer): Promise<LoopbackServer> {
  const seen: SeenRequest[] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('error', () => undefined);
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming;
      const request = { method, url, headers, body: Buffer.concat(chunks).toString('latin1') };
      seen.push(request);
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  running.push(server);
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    address,
    seen,
    asked: () => seen.filter(({ url }) => url !== '/v2/').map(({ method, url }) => `${method} ${url}`),
  };
}

/** @returns true: it is answered. */
export function reply(
  response: ServerResponse,
  status: number,
  body: string | Buffer = '',
  headers: Record<string, string> = {},
): true {
  response.writeHead(status, headers).end(body);
  return true;
}
