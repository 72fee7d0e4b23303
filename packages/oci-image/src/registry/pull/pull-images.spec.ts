import { mkdtempSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  addBlob,
  addIndex,
  addManifest,
  configOf,
  type Files,
  INDEX,
  temporaryFolder,
} from '../../../spec/archives';
import { type BaseImage, baseImage, contentOf, filesIn, SETTINGS } from '../../../spec/base-image';
import { reply } from '../../../spec/loopback-server';
import { memoryRegistry } from '../../../spec/memory-registry';
import { crane, layOut, startDistribution, type TestRegistry } from '../../../spec/registry';
import { pullConfig, pullImages, type TransferProgress } from './pull-images';

const folder = temporaryFolder();
const freshCache = () => mkdtempSync(join(folder, 'cache-'));
let base: BaseImage;

beforeAll(async () => {
  base = await baseImage();
});

describe('pullImages from a real registry', () => {
  let registry: TestRegistry;

  beforeAll(async () => {
    registry = await startDistribution();
    crane('push', '--index', layOut(join(folder, 'layout'), base.files), `${registry.address}/team/base:1`);
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
    expect(await contentOf(images[0])).toEqual(base.layers('arm64'));
    expect(await contentOf(images[1])).toEqual(base.layers('amd64'));
  });

  it('gives the config alone, without a layer, and of a digest without the network', async () => {
    const cache = freshCache();
    const reference = `${registry.address}/team/base:1`;
    const config = await pullConfig(reference, 'linux/amd64', { ...SETTINGS, cache });
    expect(config).toMatchObject(
      JSON.parse(crane('config', '--platform', 'linux/amd64', reference)) as object,
    );
    const { layers } = JSON.parse(crane('manifest', '--platform', 'linux/amd64', reference)) as {
      layers: { digest: string }[];
    };
    const kept = readdirSync(join(cache, 'blobs/sha256')).map((name) => `sha256:${name}`);
    expect(kept.filter((each) => layers.some(({ digest }) => digest === each))).toEqual([]);
    const named = `127.0.0.1:1/team/base@${crane('digest', reference).trim()}`;
    expect(await pullConfig(named, 'linux/amd64', { ...SETTINGS, cache })).toEqual(config);
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
    expect(filesIn(cache)).toHaveLength(2);
  });

  it('gives up what nobody has used for long where the cache is too large, and nothing of what it has just used', async () => {
    const cache = freshCache();
    const reference = `${registry.address}/team/base:1`;
    const pull = () => pullImages(reference, ['linux/amd64'], { ...SETTINGS, cache, cacheLimit: 0 });
    await pull();
    const blobs = join(cache, 'blobs/sha256');
    const own = readdirSync(blobs).sort();
    writeFileSync(join(blobs, 'f'.repeat(64)), 'of another image');
    const longAgo = new Date('2020-01-01');
    for (const name of readdirSync(blobs)) utimesSync(join(blobs, name), longAgo, longAgo);
    expect(await contentOf((await pull())[0])).toEqual(base.layers('amd64'));
    expect(readdirSync(blobs).sort()).toEqual(own);
  });

  it('needs no network for a digest that is whole in the cache', async () => {
    const cache = freshCache();
    const digest = crane('digest', `${registry.address}/team/base:1`).trim();
    await pullImages(`${registry.address}/team/base:1`, ['linux/amd64'], { ...SETTINGS, cache });
    const nowhere = `127.0.0.1:1/team/base:1@${digest}`;
    const [image] = await pullImages(nowhere, ['linux/amd64'], { ...SETTINGS, cache });
    expect(await contentOf(image)).toEqual(base.layers('amd64'));
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
      expect(await contentOf(images[0])).toEqual(base.layers('amd64'));
    // Two indexes, two manifests, two configs, the shared layer and two own ones; nothing half-made.
    expect(filesIn(cache)).toHaveLength(9);
  });
});

describe('pullImages', () => {
  it('reads the media types of Docker, and a single manifest', async () => {
    const docker: Files = new Map();
    const image = { layers: [base.shared], architecture: 'amd64' };
    const layer = addBlob(docker, 'application/vnd.docker.image.rootfs.diff.tar.gzip', base.shared.tar);
    const config = addBlob(docker, 'application/vnd.docker.container.image.v1+json', configOf(image));
    const mediaType = 'application/vnd.docker.distribution.manifest.v2+json';
    addIndex(docker, [addBlob(docker, mediaType, { schemaVersion: 2, mediaType, config, layers: [layer] })]);
    const registry = await memoryRegistry(docker);
    const options = { ...SETTINGS, cache: freshCache() };
    const [pulled] = await pullImages(`${registry.address}/base:1`, ['linux/amd64'], options);
    expect(pulled?.layers).toMatchObject([{ compression: 'none', size: base.shared.tar.length }]);
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

  /** Clears the screen, begins a line, and begins a sequence with a single character. */
  const CURSOR = 'x\x1b[2J\n\u009b31m\u2028y';
  const PLAIN = 'x [2J 31m y';

  it.each([
    [{ schemaVersion: 2, mediaType: CURSOR }, `'${PLAIN}' is no image`],
    [
      { platform: { os: 'linux', architecture: CURSOR } },
      `there is no image for linux/amd64, only for linux/${PLAIN.toLowerCase()}`,
    ],
    [{ architecture: CURSOR }, `'architecture' is '${PLAIN}', which is no name`],
    [{ architecture: 'arm', variant: CURSOR }, `'variant' is '${PLAIN}', which is no name`],
    [{ other: { os: CURSOR } }, `'os' is '${PLAIN}'; only linux images are read`],
  ])('moves no cursor with what a registry says: %j', async (said: object, what) => {
    const odd: Files = new Map();
    const manifest = addManifest(odd, { layers: [base.shared], ...said });
    const manifests = [{ ...manifest, ...said }];
    addIndex(odd, [addBlob(odd, INDEX, { schemaVersion: 2, manifests })]);
    const registry = await memoryRegistry(odd);
    if ('mediaType' in said) registry.misbehave((_, response) => reply(response, 200, JSON.stringify(said)));
    const options = { ...SETTINGS, cache: freshCache() };
    const error: unknown = await pullImages(`${registry.address}/base:1`, ['linux/amd64'], options).catch(
      (thrown: unknown) => thrown,
    );
    expect((error as Error).message.split('\n→')[0]).toMatch(/^[\x20-\x7e]+$/);
    expect((error as Error).message).toContain(what);
  });

  it('reads an index that does not say what its images are for', async () => {
    const silent: Files = new Map();
    const manifests = ['amd64', 'arm64'].map((architecture) =>
      addManifest(silent, { layers: [base.shared], architecture }),
    );
    addIndex(silent, [addBlob(silent, INDEX, { schemaVersion: 2, manifests })]);
    const registry = await memoryRegistry(silent);
    const options = { ...SETTINGS, cache: freshCache() };
    const [image] = await pullImages(`${registry.address}/base:1`, ['linux/arm64'], options);
    expect(image?.platform).toBe('linux/arm64');
  });

  it('tells how far each layer is', async () => {
    const registry = await memoryRegistry(base.files);
    const progress: TransferProgress[] = [];
    const options = {
      ...SETTINGS,
      cache: freshCache(),
      onProgress: (one: TransferProgress) => progress.push(one),
    };
    await pullImages(`${registry.address}/base:1`, ['linux/amd64'], options);
    const [big] = base.layers('amd64');
    const ofBig = progress.filter(({ digest }) => digest === `sha256:${big}`).map(({ bytes }) => bytes);
    expect(ofBig.length).toBeGreaterThan(3);
    expect([...ofBig].sort((a, b) => a - b)).toEqual(ofBig);
    expect(ofBig.at(-1)).toBe(base.blob(big ?? '').length);
    progress.length = 0;
    await pullImages(`${registry.address}/base:1`, ['linux/amd64'], options);
    expect(progress).toHaveLength(2);
    expect(progress.every(({ bytes, size }) => bytes === size)).toBe(true);
  });

  (process.platform === 'win32' ? it.skip : it)('makes a cache that only its user can read', async () => {
    const registry = await memoryRegistry(base.files);
    const cache = join(freshCache(), 'new');
    await pullImages(`${registry.address}/base:1`, ['linux/amd64'], { ...SETTINGS, cache });
    for (const part of ['', 'blobs', 'partial']) expect(statSync(join(cache, part)).mode & 0o777).toBe(0o700);
  });

  it('fails for a cache that cannot be there', async () => {
    const registry = await memoryRegistry(base.files);
    const cache = join(folder, 'a-file');
    writeFileSync(cache, '');
    await expect(
      pullImages(`${registry.address}/base:1`, ['linux/amd64'], { ...SETTINGS, cache }),
    ).rejects.toThrow('the cache of base images cannot be written');
  });
});

describe('a cached layer', () => {
  it('is not read for what it no longer is', async () => {
    const registry = await memoryRegistry(base.files);
    const cache = freshCache();
    const pull = () => pullImages(`${registry.address}/base:1`, ['linux/amd64'], { ...SETTINGS, cache });
    const [image] = await pull();
    const [name = ''] = base.layers('amd64');
    const path = join(cache, 'blobs', 'sha256', name);
    const bytes = readFileSync(path);
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    await expect(contentOf(image)).rejects.toThrow(`${path}: the cached layer is not what its name says`);
  });
});
