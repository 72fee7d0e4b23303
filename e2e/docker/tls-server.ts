import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { goEnvironment, repository } from '../workspace/environment';
import { start, succeed } from '../workspace/program';

export interface TlsServer {
  /** Answers `GET /` with `hello over TLS`. */
  readonly url: string;
  /** Certificate of the authority that signed the server's, as PEM. No one trusts it. */
  readonly authority: string;
  stop(): Promise<void>;
}

/** An HTTPS server on the loopback address. */
export async function startTlsServer(): Promise<TlsServer> {
  const directory = mkdtempSync(join(tmpdir(), 'gd-tls-'));
  const program = join(directory, 'tls-server');
  await succeed('go', ['build', '-o', program, '.'], {
    cwd: join(repository, 'e2e', 'fixtures', 'tls-server'),
    env: goEnvironment(),
  });
  const server = start(program, [], { env: goEnvironment(), timeoutMs: 20 * 60_000 });
  await server.printed(/\n/);
  const { url, authority } = JSON.parse(server.output().split('\n')[0] ?? '') as {
    url: string;
    authority: string;
  };
  return {
    url,
    authority,
    async stop() {
      server.signal('SIGTERM');
      await server.finished;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
