import { join } from 'node:path';
import { pullImages, pushLayout } from '../..';
import { temporaryFolder } from '../../../spec/archives';
import { layoutFor, manifestOf, SETTINGS } from '../../../spec/pushed-layouts';
import {
  crane,
  skopeo,
  startDistribution,
  startReferrersRegistry,
  type TestRegistry,
} from '../../../spec/registry';
import { registryProxy } from '../../../spec/registry-proxy';
import type { LayoutSummary } from '../../image';

const folder = temporaryFolder();
const PLATFORMS = ['linux/amd64', 'linux/arm/v7', 'linux/arm64'];
let summary: LayoutSummary;
let single: string;
let several: string;
let distribution: TestRegistry;
let withApi: TestRegistry;

beforeAll(async () => {
  single = (await layoutFor('amd64')).directory;
  const written = await layoutFor('amd64', 'arm/v7', 'arm64');
  several = written.directory;
  summary = written.summary;
  distribution = await startDistribution();
  withApi = await startReferrersRegistry();
}, 200_000);
afterAll(async () => {
  await distribution?.stop();
  await withApi?.stop();
});

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
    const index = manifestOf(target);
    expect(index.annotations).toEqual(annotations);
    expect(index.manifests?.map(({ digest }) => digest)).toEqual(pushed.images.map(({ digest }) => digest));
    for (const [at, { digest }] of pushed.images.entries()) {
      const image = manifestOf(`${distribution.address}/annotated@${digest}`);
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
