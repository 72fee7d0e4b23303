import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { serves } from './serves';

describe('an address serves', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  const addressOf = (onConnection: (socket: Socket) => void) =>
    new Promise<{ host: string; port: number }>((resolve) => {
      const server = createServer((socket) => {
        socket.on('error', () => undefined);
        onConnection(socket);
      });
      servers.push(server);
      server.listen(0, '127.0.0.1', () => {
        resolve({ host: '127.0.0.1', port: (server.address() as AddressInfo).port });
      });
    });

  it('where a connection holds, as one with an HTTP server that waits for a request', async () => {
    expect(await serves(await addressOf(() => undefined))).toBe(true);
  });

  it('where the server speaks first and hangs up', async () => {
    expect(await serves(await addressOf((socket) => socket.end('220 mail\r\n')))).toBe(true);
  });

  it('not where it is dropped at once, as Docker does for a container that does not listen', async () => {
    expect(await serves(await addressOf((socket) => socket.destroy()))).toBe(false);
    expect(await serves(await addressOf((socket) => socket.resetAndDestroy()))).toBe(false);
  });

  it('not where nobody listens', async () => {
    const address = await addressOf(() => undefined);
    await new Promise((resolve) => servers.pop()?.close(resolve));

    expect(await serves(address)).toBe(false);
  });
});
