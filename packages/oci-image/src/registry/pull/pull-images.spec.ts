import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import {
  addBlob,
  addIndex,
  addManifest,
  BASE_TIME,
  configOf,
  everything,
  type Files,
  INDEX,
  ociFiles,
  sha256,
  tarOf,
  temporaryFolder,
  type TestLayer,
} from '../../../spec/archives';
import { loopbackServer, reply } from '../../../spec/loopback-server';
import { memoryRegistry } from '../../../spec/memory-registry';
import { crane, layOut, startDistribution, type TestRegistry } from '../../../spec/registry';
import type { ArchivedImage } from '../../image';
import { pullImages, type PullOptions, type TransferProgress } from './pull-images';

const folder = temporaryFolder();
const SETTINGS = { retries: { delayMs: 1 }, credentials: () => Promise.resolve(undefined) };

const freshCache = () => mkdtempSync(join(folder, 'cache-'));
const blobsIn = (cache: string) => Object.keys(everything(cache)).sort();

async function contentOf(image: ArchivedImage | undefined): Promise<string[]> {
  const layers: string[] = [];
  for (const layer of image?.layers ?? []) {
    const hash = createHash('sha256');
    for await (const chunk of layer.open()) hash.update(chunk as Buffer);
    layers.push(hash.digest('hex'));
  }
  return layers;
}

/** Large enough for many chunks, and nothing that gzip could make small. */
const BIG = randomBytes(3 << 20);
let shared: TestLayer;
let files: Files;

beforeAll(async () => {
  shared = { tar: await tarOf([{ name: 'etc/os-release', content: BIG }]), created: BASE_TIME };
  files = ociFiles();
  const platforms = [
    { architecture: 'amd64' },
    { architecture: 'arm', variant: 'v6' },
    { architecture: 'arm64' },
  ];
  const manifests = [];
  for (const platform of platforms) {
    const own = { tar: await tarOf([{ name: 'for', content: platform.architecture }]), created: BASE_TIME };
    const manifest = addManifest(files, { layers: [shared, own], ...platform });
    manifests.push({ ...manifest, platform: { os: 'linux', ...platform } });
  }
  addIndex(files, [addBlob(files, INDEX, { schemaVersion: 2, mediaType: INDEX, manifests })]);
});

/** The digest of the index, which is what the tag names. */
const topDigest = () =>
  (JSON.parse(String(files.get('index.json'))) as { manifests: { digest: string }[] }).manifests[0]?.digest ??
  '';

function layerDigests(architecture: string): string[] {
  const manifests = [...files.values()]
    .map((bytes) => parse(bytes))
    .filter((one) => Array.isArray(one?.['layers']));
  for (const manifest of manifests) {
    const { config, layers } = manifest as { config: { digest: string }; layers: { digest: string }[] };
    const of = parse(files.get(`blobs/sha256/${config.digest.slice(7)}`));
    if (of?.['architecture'] === architecture) return layers.map(({ digest }) => digest.slice(7));
  }
  return [];
}

function parse(bytes: Buffer | undefined): Record<string, unknown> | undefined {
  if (bytes?.[0] !== '{'.charCodeAt(0)) return undefined;
  return JSON.parse(bytes.toString()) as Record<string, unknown>;
}

describe('pullImages from a real registry', () => {
  let registry: TestRegistry;

  beforeAll(async () => {
    registry = await startDistribution();
    crane('push', '--index', layOut(join(folder, 'layout'), files), `${registry.address}/team/base:1`);
  }, 200_000);
  afterAll(() => registry?.stop());

  it('gives the image of each platform, as crane has pushed it', async () => {
    const reference = `${registry.address}/team/base:1`;
    const images = await pullImages(reference, ['linux/arm64', 'linux/amd64'], {
      ...SETTINGS,
      cache: freshCache(),
    });
    expect(images.map(({ platform }) => platform)).toEqual(['linux/arm64', 'linux/amd64']);
    expect(images[1]?.layers.map(({ digest, compression, size }) => ({ digest, compression, size }))).toEqual(
      (
        JSON.parse(crane('manifest', '--platform', 'linux/amd64', reference)) as {
          layers: { digest: string; size: number }[];
        }
      ).layers.map(({ digest, size }) => ({ digest, size, compression: 'gzip' })),
    );
    expect(images[1]?.config).toMatchObject(
      JSON.parse(crane('config', '--platform', 'linux/amd64', reference)) as object,
    );
    expect(await contentOf(images[0])).toEqual(layerDigests('arm64'));
    expect(await contentOf(images[1])).toEqual(layerDigests('amd64'));
  });

  it('takes the variant that runs on the wanted one', async () => {
    const reference = `${registry.address}/team/base:1`;
    const [image] = await pullImages(reference, ['linux/arm/v7'], { ...SETTINGS, cache: freshCache() });
    expect(image?.platform).toBe('linux/arm/v6');
  });

  it('lists what there is where there is none for a platform, and fetches no layer', async () => {
    const cache = freshCache();
    await expect(
      pullImages(`${registry.address}/team/base:1`, ['linux/amd64', 'linux/riscv64'], { ...SETTINGS, cache }),
    ).rejects.toThrow(
      `${registry.address}/team/base:1: there is no image for linux/riscv64, only for linux/amd64, linux/arm/v6, linux/arm64\n→ build for a platform that the base has, or choose another base`,
    );
    // What crane has pushed is an index of one index.
    expect(blobsIn(cache)).toHaveLength(2);
  });

  it('needs no network for a digest that is whole in the cache', async () => {
    const cache = freshCache();
    const digest = crane('digest', `${registry.address}/team/base:1`).trim();
    await pullImages(`${registry.address}/team/base:1`, ['linux/amd64'], { ...SETTINGS, cache });
    const nowhere = `127.0.0.1:1/team/base:1@${digest}`;
    const [image] = await pullImages(nowhere, ['linux/amd64'], { ...SETTINGS, cache });
    expect(await contentOf(image)).toEqual(layerDigests('amd64'));
    await expect(pullImages(nowhere, ['linux/arm64'], { ...SETTINGS, cache })).rejects.toThrow(
      'ECONNREFUSED',
    );
  });

  it('says what is missing in the words of the registry', async () => {
    await expect(
      pullImages(`${registry.address}/team/none:1`, ['linux/amd64'], { ...SETTINGS, cache: freshCache() }),
    ).rejects.toThrow(
      `${registry.address}/team/none: the registry answers 404 (MANIFEST_UNKNOWN: manifest unknown)\n→ see whether the name is right`,
    );
  });

  it('lets two pulls share one cache at the same time', async () => {
    const cache = freshCache();
    const pulls = [1, 2, 3].map(() =>
      pullImages(`${registry.address}/team/base:1`, ['linux/amd64', 'linux/arm64'], { ...SETTINGS, cache }),
    );
    for (const images of await Promise.all(pulls))
      expect(await contentOf(images[0])).toEqual(layerDigests('amd64'));
    // Two indexes, two manifests, two configs, the shared layer and two own ones; nothing half-made.
    expect(blobsIn(cache)).toHaveLength(9);
  });
});

describe('pullImages', () => {
  it('reads the media types of Docker, and a single manifest', async () => {
    const docker: Files = new Map();
    const image = { layers: [shared], architecture: 'amd64' };
    const layer = addBlob(docker, 'application/vnd.docker.image.rootfs.diff.tar.gzip', shared.tar);
    const config = addBlob(docker, 'application/vnd.docker.container.image.v1+json', configOf(image));
    const mediaType = 'application/vnd.docker.distribution.manifest.v2+json';
    addIndex(docker, [addBlob(docker, mediaType, { schemaVersion: 2, mediaType, config, layers: [layer] })]);
    const registry = await memoryRegistry(docker);
    const options = { ...SETTINGS, cache: freshCache() };
    const [pulled] = await pullImages(`${registry.address}/base:1`, ['linux/amd64'], options);
    expect(pulled?.layers).toMatchObject([{ compression: 'none', size: shared.tar.length }]);
    await expect(pullImages(`${registry.address}/base:1`, ['linux/arm64'], options)).rejects.toThrow(
      'there is no image for linux/arm64, only for linux/amd64',
    );
  });

  it.each([
    [{ schemaVersion: 1, name: 'x', fsLayers: [] }, 'has a manifest of schema 1'],
    [{ schemaVersion: 2, mediaType: 'application/x' }, "'application/x' is no image"],
    [{ schemaVersion: 2, manifests: [] }, 'it holds no image'],
    ['text', 'this is not JSON'],
  ])('refuses %j', async (document, what) => {
    const odd: Files = new Map();
    addIndex(odd, [addBlob(odd, 'x', typeof document === 'string' ? Buffer.from(document) : document)]);
    const registry = await memoryRegistry(odd);
    if (typeof document === 'string') registry.misbehave((_, response) => reply(response, 200, document));
    const pulling = pullImages(`${registry.address}/base:1`, ['linux/amd64'], {
      ...SETTINGS,
      cache: freshCache(),
    });
    await expect(pulling).rejects.toThrow(what);
  });

  it('tells how far each layer is', async () => {
    const registry = await memoryRegistry(files);
    const progress: TransferProgress[] = [];
    const options = {
      ...SETTINGS,
      cache: freshCache(),
      onProgress: (one: TransferProgress) => progress.push(one),
    };
    await pullImages(`${registry.address}/base:1`, ['linux/amd64'], options);
    const [big] = layerDigests('amd64');
    const ofBig = progress.filter(({ digest }) => digest === `sha256:${big}`).map(({ bytes }) => bytes);
    expect(ofBig.length).toBeGreaterThan(3);
    expect([...ofBig].sort((a, b) => a - b)).toEqual(ofBig);
    expect(ofBig.at(-1)).toBe(files.get(`blobs/sha256/${big}`)?.length);
    progress.length = 0;
    await pullImages(`${registry.address}/base:1`, ['linux/amd64'], options);
    expect(progress).toHaveLength(2);
    expect(progress.every(({ bytes, size }) => bytes === size)).toBe(true);
  });

  it('fails for a cache that cannot be there', async () => {
    const registry = await memoryRegistry(files);
    const cache = join(folder, 'a-file');
    writeFileSync(cache, '');
    await expect(
      pullImages(`${registry.address}/base:1`, ['linux/amd64'], { ...SETTINGS, cache }),
    ).rejects.toThrow('the cache of base images cannot be written');
  });
});

describe('a registry that sends something else than it should', () => {
  const big = () => layerDigests('amd64')[0] ?? '';
  const isBig = (url: string) => url.endsWith(`/blobs/sha256:${big()}`);

  async function badRegistry(answer: (response: ServerResponse, times: number, range?: string) => boolean) {
    const registry = await memoryRegistry(files);
    let times = 0;
    registry.misbehave(
      ({ url, headers }, response) => isBig(url) && answer(response, ++times, headers.range),
    );
    return registry;
  }

  function pull(address: string, options: Partial<PullOptions> = {}) {
    return pullImages(`${address}/base:1`, ['linux/amd64'], { ...SETTINGS, cache: freshCache(), ...options });
  }

  const blob = () => files.get(`blobs/sha256/${big()}`) ?? Buffer.alloc(0);

  function cut(response: ServerResponse, bytes: number): boolean {
    response.writeHead(200, { 'content-length': String(blob().length) });
    response.write(blob().subarray(0, bytes), () => setTimeout(() => response.destroy(), 50));
    return true;
  }

  it('cuts a blob short: only the rest is fetched', async () => {
    const ranges: (string | undefined)[] = [];
    const registry = await badRegistry((response, times, range) => {
      ranges.push(range);
      return times === 1 && cut(response, 1_000_000);
    });
    const [image] = await pull(registry.address);
    expect(await contentOf(image)).toEqual(layerDigests('amd64'));
    expect(ranges).toEqual([undefined, 'bytes=1000000-']);
  });

  it('cuts a blob short and knows no ranges: it is fetched again', async () => {
    const registry = await badRegistry((response, times) => {
      return times === 1 ? cut(response, 1_000_000) : reply(response, 200, blob());
    });
    expect(await contentOf((await pull(registry.address))[0])).toEqual(layerDigests('amd64'));
  });

  it('cuts a blob short every time: what is there is kept for the next pull, and is no blob yet', async () => {
    const cache = freshCache();
    const registry = await badRegistry((response) => cut(response, 1000));
    await expect(pull(registry.address, { cache })).rejects.toThrow(
      new RegExp(`^${registry.address}/base: .*(ECONNRESET|aborted|ends after 1000 of)`),
    );
    expect(blobsIn(cache)).toContain(`partial/${big()}.resume`);
    expect(blobsIn(cache)).not.toContain(`blobs/sha256/${big()}`);

    const ranges: (string | undefined)[] = [];
    const well = await badRegistry((_, __, range) => {
      ranges.push(range);
      return false;
    });
    expect(await contentOf((await pull(well.address, { cache }))[0])).toEqual(layerDigests('amd64'));
    expect(ranges).toEqual(['bytes=1000-']);
    expect(readdirSync(join(cache, 'partial'))).toEqual([]);
  });

  it('had sent something else before it was cut: the blob is fetched anew', async () => {
    const cache = freshCache();
    const registry = await memoryRegistry(files);
    await pull(registry.address, { cache });
    rmSync(join(cache, 'blobs', 'sha256', big()));
    writeFileSync(join(cache, 'partial', `${big()}.resume`), randomBytes(500));
    expect(await contentOf((await pull(registry.address, { cache }))[0])).toEqual(layerDigests('amd64'));
  });

  it.each([
    ['other bytes', () => randomBytes(blob().length), 'is something else'],
    ['more bytes', () => Buffer.concat([blob(), Buffer.alloc(1)]), 'has more than its'],
    ['fewer bytes', () => blob().subarray(1), 'ends after'],
  ])('sends %s: nothing of it is kept', async (_, body, what) => {
    const cache = freshCache();
    const registry = await badRegistry((response) => reply(response, 200, body()));
    await expect(pull(registry.address, { cache })).rejects.toThrow(what);
    expect(blobsIn(cache)).not.toContain(`blobs/sha256/${big()}`);
  });

  it('sends another manifest than it says', async () => {
    const registry = await memoryRegistry(files);
    registry.misbehave(({ url }, response) => {
      if (!url.includes('/manifests/')) return false;
      return reply(response, 200, '{}', { 'docker-content-digest': topDigest() });
    });
    const what = `what ${registry.address} sends for ${topDigest()} is something else: it has sha256:${sha256('{}')}`;
    await expect(pull(registry.address)).rejects.toThrow(what);
    const cache = freshCache();
    await expect(
      pullImages(`${registry.address}/base@${topDigest()}`, ['linux/amd64'], { ...SETTINGS, cache }),
    ).rejects.toThrow(what);
    expect(blobsIn(cache)).toEqual([]);
  });

  it('hangs in the middle of a blob: the rest is asked for, and in the end it is given up', async () => {
    let times = 0;
    const registry = await badRegistry((response) => {
      times++;
      response.writeHead(200, { 'content-length': String(blob().length) }).write(blob().subarray(0, 1000));
      return true;
    });
    const options = { timeouts: { silenceMs: 100 }, retries: { attempts: 3, delayMs: 1 } };
    await expect(pull(registry.address, options)).rejects.toThrow(
      `${registry.address} is silent: nothing came for 0.1 s`,
    );
    expect(times).toBe(3);
  });

  it('is left at once when the signal says so', async () => {
    const stop = new AbortController();
    const reason = new Error('interrupted by SIGINT');
    const cache = freshCache();
    const registry = await badRegistry((response) => {
      response.writeHead(200).write(blob().subarray(0, 1000));
      setTimeout(() => stop.abort(reason), 50);
      return true;
    });
    await expect(pull(registry.address, { cache, signal: stop.signal })).rejects.toBe(reason);
    expect(blobsIn(cache)).not.toContain(`blobs/sha256/${big()}`);
  });

  it('sends readers elsewhere: no credential goes along, and the bytes still count', async () => {
    const storage = await loopbackServer(({ url }, response) =>
      reply(response, 200, url === '/wrong' ? randomBytes(blob().length) : blob()),
    );
    const registry = await memoryRegistry(files);
    let place = 'right';
    registry.misbehave(({ url, headers }, response) => {
      if (headers.authorization === undefined) {
        return reply(response, 401, '', { 'www-authenticate': 'Basic realm="x"' });
      }
      return isBig(url) && reply(response, 307, '', { location: `http://${storage.address}/${place}` });
    });
    const credentials = () => Promise.resolve({ kind: 'password', username: 'a', password: 'b' } as const);
    expect(await contentOf((await pull(registry.address, { credentials }))[0])).toEqual(
      layerDigests('amd64'),
    );
    place = 'wrong';
    await expect(pull(registry.address, { credentials })).rejects.toThrow('is something else');
    expect(storage.seen.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
  });
});

describe('mirrors', () => {
  it('are asked first, with credentials of their own', async () => {
    const origin = await memoryRegistry(files);
    const mirror = await memoryRegistry(files);
    const asked: string[] = [];
    const credentials = (registry: string) => {
      asked.push(registry);
      return Promise.resolve(undefined);
    };
    const mirrors = { [origin.address]: [`http://${mirror.address}/hub`] };
    await pullImages(`${origin.address}/base:1`, ['linux/amd64'], {
      ...SETTINGS,
      cache: freshCache(),
      mirrors,
      credentials,
    });
    expect(origin.seen).toEqual([]);
    expect(mirror.asked()[0]).toBe('GET /v2/hub/base/manifests/1');
    expect([...new Set(asked)]).toEqual([mirror.address]);
  });

  it.each([
    ['has nothing', (response: ServerResponse) => reply(response, 404)],
    ['refuses', (response: ServerResponse) => reply(response, 403)],
    ['fails', (response: ServerResponse) => reply(response, 500)],
    [
      'sends rubbish',
      (response: ServerResponse) => reply(response, 200, 'x', { 'docker-content-digest': topDigest() }),
    ],
    ['breaks off', (response: ServerResponse) => Boolean(response.destroy())],
  ])('do not count where one %s', async (_, how) => {
    const origin = await memoryRegistry(files);
    const mirror = await memoryRegistry(files);
    mirror.misbehave((__, response) => how(response));
    const mirrors = { [origin.address]: ['http://127.0.0.1:1', `http://${mirror.address}`] };
    const options = { ...SETTINGS, cache: freshCache(), mirrors };
    const [image] = await pullImages(`${origin.address}/base:1`, ['linux/amd64'], options);
    expect(await contentOf(image)).toEqual(layerDigests('amd64'));
  });
});

describe('a cached layer', () => {
  it('is not read for what it no longer is', async () => {
    const registry = await memoryRegistry(files);
    const cache = freshCache();
    const pull = () => pullImages(`${registry.address}/base:1`, ['linux/amd64'], { ...SETTINGS, cache });
    const [image] = await pull();
    const [name = ''] = layerDigests('amd64');
    const path = join(cache, 'blobs', 'sha256', name);
    const bytes = readFileSync(path);
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    await expect(contentOf(image)).rejects.toThrow(`${path}: the cached layer is not what its name says`);
  });
});
