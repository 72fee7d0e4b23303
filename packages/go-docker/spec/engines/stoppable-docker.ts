import { execFileSync } from 'node:child_process';
import { connect, createServer, type Socket } from 'node:net';

/** A way to the Docker engine that can be cut: to its clients it is a daemon that stops in the middle. */
export interface StoppableDocker {
  readonly host: string;
  stop(): void;
}

/** @param env What leads `docker` to the engine. */
export async function stoppableDocker(
  env: Readonly<Record<string, string | undefined>>,
): Promise<StoppableDocker> {
  const engine = socketOf(env);
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const daemon = connect({ path: engine, allowHalfOpen: true });
    for (const socket of [client, daemon]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    client.pipe(daemon).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    host: `tcp://127.0.0.1:${address.port}`,
    stop: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function socketOf(env: Readonly<Record<string, string | undefined>>): string {
  const host =
    env['DOCKER_HOST'] ||
    execFileSync('docker', ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}'], {
      encoding: 'utf8',
    }).trim();
  if (!host.startsWith('unix://'))
    throw new Error(`This test needs an engine at a Unix socket, not ${host}.`);
  return host.slice('unix://'.length);
}
