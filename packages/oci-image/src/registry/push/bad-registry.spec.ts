import { pushLayout } from '../..';
import { reply } from '../../../spec/loopback-server';
import { layoutFor, SETTINGS } from '../../../spec/pushed-layouts';
import { crane, startDistribution, type TestRegistry } from '../../../spec/registry';
import { type RegistryProxy, registryProxy } from '../../../spec/registry-proxy';

let single: string;
let distribution: TestRegistry;

beforeAll(async () => {
  single = (await layoutFor('amd64')).directory;
  distribution = await startDistribution();
}, 200_000);
afterAll(async () => {
  await distribution?.stop();
});

describe('a registry that does not take it', () => {
  let proxy: RegistryProxy;
  let at = 0;
  let target = '';

  beforeEach(async () => {
    proxy = await registryProxy(distribution);
    target = `${proxy.address}/bad-${++at}:1`;
  });

  const real = () => target.replace(proxy.address, distribution.address);
  const uploads = () =>
    proxy.asked().filter((line) => line.startsWith('PUT') && line.includes('/uploads/')).length;

  it('fails once: the blob is sent again', async () => {
    let failures = 0;
    proxy.misbehave(({ method, url }, response) => {
      if (method !== 'PUT' || !url.includes('/uploads/') || failures++ > 0) return false;
      return reply(response, 503);
    });
    await pushLayout(single, [target], SETTINGS);
    expect(uploads()).toBe(4);
    expect(crane('validate', '--remote', real())).toContain('PASS');
  });

  it('breaks the connection off between two pieces: it is asked how much it has', async () => {
    let pieces = 0;
    proxy.misbehave(({ method }, response) => {
      if (method !== 'PATCH' || ++pieces !== 2) return false;
      response.destroy();
      return true;
    });
    await pushLayout(single, [target], { ...SETTINGS, chunkBytes: 1_000_000 });
    const begins = proxy.seen
      .flatMap(({ headers }) => headers['content-range'] ?? [])
      .map((range) => range.split('-')[0]);
    expect(begins).toEqual(['0', '1000000', '1000000', '2000000']);
    expect(crane('validate', '--remote', real())).toContain('PASS');
  });

  it('finds a blob too large: it gets it in pieces', async () => {
    proxy.misbehave(({ method, url, body }, response) => {
      if (method !== 'PUT' || !url.includes('/uploads/') || body.length < 1_000_000) return false;
      return reply(response, 413);
    });
    await pushLayout(single, [target], SETTINGS);
    expect(proxy.seen.filter(({ method }) => method === 'PATCH')).toHaveLength(1);
    expect(crane('validate', '--remote', real())).toContain('PASS');
  });

  it.each([
    ['the blob', (method: string, url: string) => method === 'PUT' && url.includes('/uploads/')],
    ['the manifest', (method: string, url: string) => method === 'PUT' && url.includes('/manifests/')],
    ['to begin', (method: string) => method === 'POST'],
  ])('refuses %s: no tag is set', async (_, isRefused) => {
    const errors = [{ code: 'DENIED', message: 'requested access to the resource is denied' }];
    proxy.misbehave(
      ({ method, url }, response) =>
        isRefused(method, url) && reply(response, 403, JSON.stringify({ errors })),
    );
    await expect(pushLayout(single, [target], SETTINGS)).rejects.toThrow(
      `${target.slice(0, -2)}: the registry answers 403 (DENIED: requested access to the resource is denied)\n→ log in: docker login ${proxy.address}`,
    );
    expect(() => crane('digest', real())).toThrow(/MANIFEST_UNKNOWN|NAME_UNKNOWN/);
  });

  it('always fails: it is left alone after as many attempts as are allowed', async () => {
    proxy.misbehave(({ method }, response) => method === 'PUT' && reply(response, 500));
    const options = { ...SETTINGS, parallel: 1, retries: { attempts: 3, delayMs: 1 } };
    await expect(pushLayout(single, [target], options)).rejects.toThrow(
      'the registry answers 500\n→ try again later',
    );
    expect(uploads()).toBe(3);
  });

  it('hangs: it is given up', async () => {
    proxy.misbehave(({ method }) => method === 'PUT');
    const options = { ...SETTINGS, timeouts: { commitMs: 200 } };
    await expect(pushLayout(single, [target], options)).rejects.toThrow('is silent: nothing came for 0.2 s');
  });

  it('is left at once when the signal says so', async () => {
    const stop = new AbortController();
    const reason = new Error('interrupted by SIGINT');
    proxy.misbehave(({ method }) => {
      if (method === 'PUT') stop.abort(reason);
      return method === 'PUT';
    });
    await expect(pushLayout(single, [target], { ...SETTINGS, signal: stop.signal })).rejects.toBe(reason);
  });

  it('stores something else', async () => {
    const digest = `sha256:${'0'.repeat(64)}`;
    proxy.misbehave(
      ({ method, url }, response) =>
        method === 'PUT' &&
        url.includes('/manifests/') &&
        reply(response, 201, '', { 'docker-content-digest': digest }),
    );
    await expect(pushLayout(single, [target], SETTINGS)).rejects.toThrow(
      `has stored something else: ${digest}, not`,
    );
  });
});
