import { createServer, type AddressInfo, type Server } from 'node:net';
import { assertFree } from './port-in-use';

describe('a port of this machine', () => {
  let server: Server;
  let port: number;
  beforeEach(async () => {
    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterEach(() => server.close());

  const check = (host: string) =>
    assertFree(
      { host, port },
      { who: 'api', howToMove: 'API_PORT=1 nx run api:dev', signal: new AbortController().signal },
    );

  it.each(['127.0.0.1', '0.0.0.0'])('that another program holds is refused on %s', async (host) => {
    await expect(check(host)).rejects.toThrow(
      new RegExp(
        `^port ${port}, which api needs, is in use.*\n→ end that program, or take another port: API_PORT=1 nx run api:dev$`,
      ),
    );
  });

  it('that is free is not touched', async () => {
    await new Promise((resolve) => server.close(resolve));

    await check('127.0.0.1');
    await check('127.0.0.1');
  });
});
