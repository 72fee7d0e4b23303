import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, globalAgent, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { temporaryFolder } from '../../../spec/archives';
import { crane, startDistribution, type TestRegistry } from '../../../spec/registry';
import { endpointOf } from './endpoint';
import { RegistryClient } from './registry-client';

const folder = temporaryFolder();
const key = join(folder, 'key.pem');
const certificate = join(folder, 'certificate.pem');
const authorities = globalAgent.options.ca;

beforeAll(() => {
  const subject = ['-subj', '/CN=test', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2'];
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate];
  execFileSync('openssl', [...request, ...subject], { stdio: 'ignore' });
});
afterEach(() => {
  globalAgent.options.ca = authorities;
});

function read(address: string) {
  const options = { credentials: () => Promise.resolve(undefined), retries: { attempts: 2, delayMs: 1 } };
  return new RegistryClient(endpointOf(address), options).document(
    { method: 'GET', to: 'tags/list', repository: 'team/api', access: 'pull', expect: [200, 404] },
    1000,
  );
}

/** As an authority in NODE_EXTRA_CA_CERTS, which Node reads at its start alone. */
const trust = () => (globalAgent.options.ca = readFileSync(certificate));

describe('a registry on loopback that speaks TLS', () => {
  let registry: TestRegistry;
  let server: Server;
  let address = '';

  beforeAll(async () => {
    registry = await startDistribution({}, { certificate, key });
    server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (_, response) => {
      response.end('from Node');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }, 60_000);
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await registry?.stop();
  });

  it('is spoken to so, whether it answers plain HTTP or breaks it off', async () => {
    trust();
    expect((await read(registry.address)).response.url.href).toBe(
      `https://${registry.address}/v2/team/api/tags/list`,
    );
    expect((await read(address)).bytes.toString()).toBe('from Node');
    expect(() => crane('catalog', registry.address)).toThrow('certificate');
  });

  it('is not trusted where nobody knows its certificate', async () => {
    for (const one of [registry.address, address]) {
      const reading = read(one);
      await expect(reading).rejects.toThrow(
        `${one}/team/api: ${one} cannot be asked: self-signed certificate`,
      );
      await expect(reading).rejects.toThrow(
        '\n→ name the authority of its certificate in NODE_EXTRA_CA_CERTS',
      );
    }
  });
});
