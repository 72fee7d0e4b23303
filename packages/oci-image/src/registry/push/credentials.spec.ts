import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dockerCredentials, pullImages, pushLayout } from '../..';
import { temporaryFolder } from '../../../spec/archives';
import { loopbackServer, reply } from '../../../spec/loopback-server';
import { layoutFor, SETTINGS } from '../../../spec/pushed-layouts';
import { startDistribution, type TestRegistry } from '../../../spec/registry';

const folder = temporaryFolder();
let single: string;

beforeAll(async () => {
  single = (await layoutFor('amd64')).directory;
});

describe('credentials', () => {
  /** Of ann with the password s3cret, by htpasswd. */
  const HASH = '$2b$04$IV8VO9sgShUl0aS9aE4sLueR2kKEgsqxz7AIWXCuxZeLMwbHXIzVq';
  let registry: TestRegistry;

  beforeAll(async () => {
    const path = join(folder, 'htpasswd');
    writeFileSync(path, `ann:${HASH}\n`);
    registry = await startDistribution({ auth: { htpasswd: { realm: 'test', path } } });
  }, 60_000);
  afterAll(() => registry?.stop());

  function logIn(password: string) {
    const home = mkdtempSync(join(folder, 'home-'));
    const auth = Buffer.from(`ann:${password}`).toString('base64');
    writeFileSync(join(home, 'config.json'), JSON.stringify({ auths: { [registry.address]: { auth } } }));
    return dockerCredentials({ DOCKER_CONFIG: home });
  }

  it('come from docker login', async () => {
    const target = `${registry.address}/private:1`;
    const credentials = logIn('s3cret');
    const { digest } = await pushLayout(single, [target], { ...SETTINGS, credentials });
    const reference = `${registry.address}/private@${digest}`;
    const options = { ...SETTINGS, credentials, cache: join(folder, 'private-cache') };
    expect(await pullImages(reference, ['linux/amd64'], options)).toHaveLength(1);
  });

  it('are asked for where there are none, and named where they are wrong', async () => {
    const target = `${registry.address}/private:2`;
    const login = `docker login ${registry.address}`;
    await expect(pushLayout(single, [target], SETTINGS)).rejects.toThrow(
      `the registry answers 401\n→ log in: ${login}`,
    );
    await expect(pushLayout(single, [target], { ...SETTINGS, credentials: logIn('wrong') })).rejects.toThrow(
      `the registry answers 401\n→ the credentials for ${registry.address} do not hold: log in again: ${login}`,
    );
  });

  it('do not go where a registry sends an upload on to, which gets it whole', async () => {
    const storage = await loopbackServer((_, response) => reply(response, 201));
    const server = await loopbackServer(({ method, url, headers }, response) => {
      if (!headers.authorization) return reply(response, 401, '', { 'www-authenticate': 'Basic realm="x"' });
      if (method === 'POST') return reply(response, 202, '', { location: '/v2/x/blobs/uploads/1' });
      if (url.includes('/uploads/'))
        return reply(response, 307, '', { location: `http://${storage.address}/put` });
      return reply(response, method === 'HEAD' ? 404 : 201);
    });
    const credentials = () => Promise.resolve({ kind: 'password', username: 'a', password: 'b' } as const);
    await pushLayout(single, [`${server.address}/x:1`], { ...SETTINGS, credentials });
    expect(storage.seen.map(({ headers }) => headers.authorization)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    for (const { body, headers } of storage.seen) expect(String(body.length)).toBe(headers['content-length']);
    expect(Math.max(...storage.seen.map(({ body }) => body.length))).toBeGreaterThan(2_500_000);
  });

  it('do not go where a registry wants its uploads to go', async () => {
    const storage = await loopbackServer((_, response) => reply(response, 403));
    const server = await loopbackServer(({ method, url, headers }, response) => {
      if (!headers.authorization) return reply(response, 401, '', { 'www-authenticate': 'Basic realm="x"' });
      if (url.includes('/uploads/'))
        return reply(response, 202, '', { location: `http://${storage.address}/put?signed=1` });
      return reply(response, method === 'HEAD' ? 404 : 200);
    });
    const credentials = () => Promise.resolve({ kind: 'password', username: 'a', password: 'b' } as const);
    await expect(pushLayout(single, [`${server.address}/x:1`], { ...SETTINGS, credentials })).rejects.toThrow(
      'answers 403',
    );
    expect(storage.seen[0]?.url).toMatch(/^\/put\?signed=1&digest=sha256%3A/);
    expect(storage.seen.map(({ headers }) => headers.authorization).filter(Boolean)).toEqual([]);
  });
});
