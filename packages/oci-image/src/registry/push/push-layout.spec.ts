import { randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUILD_EPOCH, dockerCredentials, openArchive, pullImages, pushLayout, writeLayout } from '../..';
import {
  addIndex,
  addManifest,
  BASE_TIME,
  type Files,
  ociFiles,
  tarOf,
  temporaryFolder,
  writeFiles,
} from '../../../spec/archives';
import { loopbackServer, reply } from '../../../spec/loopback-server';
import {
  crane,
  skopeo,
  startReferrersRegistry,
  startDistribution,
  type TestRegistry,
} from '../../../spec/registry';
import { type RegistryProxy, registryProxy } from '../../../spec/registry-proxy';
import type { LayoutSummary } from '../../image';
import type { PushSubject } from './push-layout';

const folder = temporaryFolder();
const SETTINGS = { retries: { delayMs: 1 }, credentials: () => Promise.resolve(undefined) };
const PLATFORMS = ['linux/amd64', 'linux/arm/v7', 'linux/arm64'];

/** One platform, and three. */
const single = join(folder, 'single');
const several = join(folder, 'several');
let summary: LayoutSummary;
let distribution: TestRegistry;
let withApi: TestRegistry;

beforeAll(async () => {
  // Nothing that compression could make small: several chunks of a megabyte.
  const base = {
    tar: await tarOf([{ name: 'etc/os-release', content: randomBytes(2_500_000) }]),
    created: BASE_TIME,
  };
  await layoutOf(single, base, ['amd64']);
  summary = await layoutOf(several, base, ['amd64', 'arm/v7', 'arm64']);
  [distribution, withApi] = await Promise.all([startDistribution(), startReferrersRegistry()]);
}, 200_000);
afterAll(() => Promise.all([distribution?.stop(), withApi?.stop()]));

async function layoutOf(directory: string, base: { tar: Buffer; created: string }, architectures: string[]) {
  const files: Files = ociFiles();
  const manifests = [];
  for (const platform of architectures) {
    const [architecture, variant] = platform.split('/');
    const app = { tar: await tarOf([{ name: 'app', content: `program for ${platform}` }]) };
    manifests.push(addManifest(files, { layers: [base, app], architecture, variant }));
  }
  addIndex(files, manifests);
  const archive = await openArchive(await writeFiles(`${directory}.tar`, files));
  return writeLayout(directory, [archive], { buildEpoch: BUILD_EPOCH, baseLayers: 'kept' });
}

interface Manifest {
  readonly artifactType?: string;
  readonly annotations?: Record<string, string>;
  readonly manifests?: readonly { digest: string; artifactType?: string; platform?: unknown }[];
  readonly layers: readonly { digest: string; mediaType: string }[];
  readonly subject?: { digest: string };
}
const manifest = (reference: string) => JSON.parse(crane('manifest', reference)) as Manifest;
const blobsOf = (layers: number, configs: number) => layers + configs;

describe('pushLayout to a real registry', () => {
  it('pushes one image under several tags: crane finds it whole, under the digest of the layout', async () => {
    const targets = ['1.0', 'latest'].map((tag) => `${distribution.address}/one:${tag}`);
    const pushed = await pushLayout(single, targets, SETTINGS);
    const [image] = JSON.parse(crane('manifest', targets[0] ?? '')) ? pushed.images : [];
    expect(image?.platform).toBe('linux/amd64');
    for (const target of targets) expect(crane('digest', target).trim()).toBe(pushed.digest);
    expect(crane('validate', '--remote', targets[0] ?? '')).toContain('PASS');
    expect(pushed.references).toEqual(targets);
  });

  it('pushes an index for several platforms, which skopeo and crane read', async () => {
    const target = `${distribution.address}/several:1.0`;
    const pushed = await pushLayout(several, [target], SETTINGS);
    expect(pushed.images).toEqual(summary.map(({ platform, digest }) => ({ platform, digest })));
    expect(crane('digest', target).trim()).toBe(pushed.digest);
    for (const { platform, digest } of pushed.images) {
      expect(crane('digest', '--platform', platform, target).trim()).toBe(digest);
    }
    const seen = skopeo('inspect', '--tls-verify=false', '--override-arch=arm64', `docker://${target}`);
    if (seen !== undefined)
      expect(JSON.parse(seen)).toMatchObject({ Architecture: 'arm64', Digest: pushed.digest });
  });

  it('gives back what was pushed', async () => {
    const target = `${distribution.address}/back:1.0`;
    await pushLayout(several, [target], SETTINGS);
    const pulled = await pullImages(target, PLATFORMS, { ...SETTINGS, cache: join(folder, 'cache') });
    expect(pulled.map(({ layers }) => layers.map(({ diffId, digest }) => ({ diffId, digest })))).toEqual(
      summary.map(({ layers }) => layers.map(({ diffId, digest }) => ({ diffId, digest }))),
    );
  });

  it('sends nothing twice, and mounts what another repository has', async () => {
    const target = `${distribution.address}/first:1.0`;
    // One base and three apps; three configs.
    expect((await pushLayout(several, [target], SETTINGS)).blobs).toEqual({ sent: 7, mounted: 0, there: 0 });
    expect((await pushLayout(several, [target], SETTINGS)).blobs).toEqual({ sent: 0, mounted: 0, there: 7 });
    const next = await pushLayout(several, [`${distribution.address}/second:1.0`], {
      ...SETTINGS,
      mountFrom: [
        `${distribution.address}/none`,
        `elsewhere.example.com/first`,
        `${distribution.address}/first`,
      ],
    });
    expect(next.blobs).toEqual({ sent: 0, mounted: 7, there: 0 });
    expect(crane('validate', '--remote', `${distribution.address}/second:1.0`)).toContain('PASS');
  });

  it('pushes to several registries and repositories, and mounts between those of one registry', async () => {
    const targets = [`${distribution.address}/a:1`, `${distribution.address}/b:1`, `${withApi.address}/c:1`];
    const pushed = await pushLayout(single, targets, SETTINGS);
    expect(pushed.blobs).toEqual({ sent: 6, mounted: 3, there: 0 });
    for (const target of targets) expect(crane('digest', target).trim()).toBe(pushed.digest);
  });

  it('writes annotations into the index and every manifest, and changes nothing else', async () => {
    const annotations = {
      'org.opencontainers.image.revision': 'abc',
      'org.opencontainers.image.source': 'https://x',
    };
    const target = `${distribution.address}/annotated:1`;
    const pushed = await pushLayout(several, [target], { ...SETTINGS, annotations });
    const index = manifest(target);
    expect(index.annotations).toEqual(annotations);
    expect(index.manifests?.map(({ digest }) => digest)).toEqual(pushed.images.map(({ digest }) => digest));
    for (const [at, { digest }] of pushed.images.entries()) {
      const image = manifest(`${distribution.address}/annotated@${digest}`);
      expect(image.annotations).toEqual(annotations);
      expect(image.layers.map((layer) => layer.digest)).toEqual(
        summary[at]?.layers.map((layer) => layer.digest),
      );
    }
    const again = await pushLayout(several, [`${distribution.address}/annotated:2`], {
      ...SETTINGS,
      annotations,
    });
    expect(again.digest).toBe(pushed.digest);
  });

  it('sends large blobs in pieces where that is asked for', async () => {
    const target = `${distribution.address}/pieces:1`;
    const proxy = await registryProxy(distribution);
    await pushLayout(single, [target.replace(distribution.address, proxy.address)], {
      ...SETTINGS,
      chunkBytes: 1_000_000,
    });
    const pieces = proxy.seen.filter(({ method }) => method === 'PATCH');
    expect(pieces.map(({ headers }) => headers['content-range'])).toEqual([
      ...['0-999999', '1000000-1999999', expect.stringMatching(/^2000000-250\d{4}$/)],
    ]);
    expect(crane('validate', '--remote', target)).toContain('PASS');
  });

  it('tells how far each blob is', async () => {
    const last = new Map<string, number>();
    await pushLayout(single, [`${distribution.address}/progress:1`], {
      ...SETTINGS,
      onProgress: ({ digest, bytes, size }) => last.set(digest, bytes / size),
    });
    expect([...last.values()]).toEqual([1, 1, 1]);
  });
});

describe('referrers', () => {
  const referrersOf = ({ platform, isTop, digest, images }: PushSubject) => [
    ...(platform === undefined
      ? []
      : [{ artifactType: 'application/spdx+json', content: Buffer.from(`"${platform}"`) }]),
    ...(isTop
      ? [
          {
            ...{
              artifactType: 'application/vnd.in-toto+json',
              annotations: { 'in-toto.io/predicate-type': 'x' },
            },
            content: Buffer.from(JSON.stringify({ digest, images })),
          },
        ]
      : []),
  ];

  it('stand beside each manifest and the index, under a tag where the registry has no API for them', async () => {
    const target = `${distribution.address}/referred:1`;
    const push = () => pushLayout(several, [target], { ...SETTINGS, referrers: referrersOf });
    const { digest, images } = await push();
    await push();
    const top = manifest(`${distribution.address}/referred:${digest.replace(':', '-')}`);
    expect(top.manifests).toMatchObject([
      { artifactType: 'application/vnd.in-toto+json', annotations: { 'in-toto.io/predicate-type': 'x' } },
    ]);
    const arm = images[1]?.digest ?? '';
    const [listed] = manifest(`${distribution.address}/referred:${arm.replace(':', '-')}`).manifests ?? [];
    expect(listed).toMatchObject({ artifactType: 'application/spdx+json' });
    const referrer = manifest(`${distribution.address}/referred@${listed?.digest}`);
    expect(referrer.subject?.digest).toBe(arm);
    const [layer] = referrer.layers;
    expect(crane('blob', `${distribution.address}/referred@${layer?.digest}`)).toBe('"linux/arm/v7"');
  });

  it('keep what others have listed under the tag', async () => {
    const target = `${distribution.address}/others:1`;
    const spdx = { artifactType: 'application/spdx+json', content: Buffer.from('1') };
    const other = { artifactType: 'application/vnd.cyclonedx+json', content: Buffer.from('2') };
    for (const referrer of [spdx, other]) {
      await pushLayout(single, [target], { ...SETTINGS, referrers: () => [referrer] });
    }
    const tag = crane('digest', target).trim().replace(':', '-');
    const types = manifest(`${distribution.address}/others:${tag}`).manifests?.map((one) => one.artifactType);
    expect(types).toEqual(['application/spdx+json', 'application/vnd.cyclonedx+json']);
  });

  it('are listed by a registry that has an API for them, and get no tag', async () => {
    const { digest } = await pushLayout(single, [`${withApi.address}/referred:1`], {
      ...SETTINGS,
      referrers: referrersOf,
    });
    const listed = (await (
      await fetch(`http://${withApi.address}/v2/referred/referrers/${digest}`)
    ).json()) as Manifest;
    // Not what the list calls them: this registry takes the media type of the config for it.
    const types = listed.manifests?.map(
      (one) => manifest(`${withApi.address}/referred@${one.digest}`).artifactType,
    );
    expect(types?.sort()).toEqual(['application/spdx+json', 'application/vnd.in-toto+json']);
    expect(crane('ls', `${withApi.address}/referred`).trim()).toBe('1');
  });
});

describe('a registry that says that it knows the subject', () => {
  it('is believed: no tag lists the referrer', async () => {
    const proxy = await registryProxy(distribution);
    proxy.misbehave(
      ({ method, body }, response) =>
        method === 'PUT' &&
        body.includes('"subject"') &&
        reply(response, 201, '', { 'oci-subject': 'sha256:x' }),
    );
    const referrers = () => [{ artifactType: 'application/spdx+json', content: Buffer.from('1') }];
    await pushLayout(single, [`${proxy.address}/believed:1`], { ...SETTINGS, referrers });
    expect(crane('ls', `${distribution.address}/believed`).trim()).toBe('1');
  });
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
    expect(uploads()).toBe(blobsOf(2, 1) + 1);
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

describe('what cannot be pushed', () => {
  it.each([
    [[], 'nothing says where the image is pushed to'],
    [['Api'], "'Api' names no image"],
    [[`api@sha256:${'0'.repeat(64)}`], 'has a digest, which nobody can choose'],
  ])('%j', async (targets, what) => {
    await expect(pushLayout(single, targets, SETTINGS)).rejects.toThrow(what);
  });

  it('is a layout that is not there', async () => {
    await expect(pushLayout(join(folder, 'none'), ['127.0.0.1:1/x'], SETTINGS)).rejects.toThrow(
      'is not whole: ENOENT',
    );
  });
});
