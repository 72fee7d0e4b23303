import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { BUILD_EPOCH, openArchive, readLayout, writeLayout, type LayoutOptions } from '..';
import {
  addIndex,
  addManifest,
  BASE_TIME,
  dockerFiles,
  entriesOf,
  everything,
  ociFiles,
  sha256,
  tarOf,
  temporaryFolder,
  writeFiles,
  type Files,
  type TestImage,
  type TestLayer,
} from '../../spec/archives';

const folder = temporaryFolder();
let count = 0;
let base: TestLayer;
let app: TestLayer;

beforeAll(async () => {
  base = { tar: await tarOf([{ name: 'etc/passwd', content: 'root' }]), created: BASE_TIME };
  app = { tar: await tarOf([{ name: 'app', content: 'binary' }]) };
});

async function write(files: Files, options: Partial<LayoutOptions> = {}) {
  const parent = join(folder, String(count++));
  mkdirSync(parent);
  const directory = join(parent, 'oci');
  const opened = await openArchive(await writeFiles(join(folder, 'image.tar'), files));
  const summary = await writeLayout(directory, [opened], { buildEpoch: BUILD_EPOCH, ...options });
  return { directory, parent, summary };
}

function blob(directory: string, digest: string | undefined): Buffer {
  return readFileSync(join(directory, 'blobs', 'sha256', (digest ?? '').slice(7)));
}

describe('writeLayout', () => {
  it('keeps the layers of the base and rewrites those of the app', async () => {
    const { directory, summary } = await write(ociFiles({ layers: [base, app] }));
    const [image] = summary;
    const [first, second] = image?.layers ?? [];
    expect(first).toEqual({
      ...{
        diffId: `sha256:${sha256(base.tar)}`,
        digest: `sha256:${sha256(gzipSync(base.tar))}`,
        origin: 'base',
      },
      ...{ unpackedBytes: base.tar.length, compressedBytes: gzipSync(base.tar).length },
    });
    const written = gunzipSync(blob(directory, second?.digest));
    expect(second).toMatchObject({
      diffId: `sha256:${sha256(written)}`,
      origin: 'app',
      unpackedBytes: written.length,
    });
    const [entry] = await entriesOf(written);
    expect(entry).toMatchObject({ name: 'app', content: 'binary', mtime: new Date(0) });
    expect(image?.unpackedBytes).toBe(base.tar.length + written.length);
  });

  it('gives the same bytes for two builds of the same at different times', async () => {
    const later = await tarOf([{ name: 'app', content: 'binary', mtime: new Date(1_800_000_000_000) }]);
    const one = await write(ociFiles({ layers: [base, app] }));
    const two = await write(ociFiles({ layers: [base, { tar: later }] }));
    expect(everything(two.directory)).toEqual(everything(one.directory));
  });

  it('gives the same config and layers for either image store', async () => {
    const plain = [base, app].map((layer) => ({ ...layer, blob: layer.tar }));
    const containerd = await write(ociFiles({ layers: [base, app] }));
    const classic = await write(ociFiles({ layers: plain }));
    const legacy = await write(dockerFiles({ layers: plain }));
    const configs = await Promise.all(
      [containerd, classic, legacy].map(async ({ directory }) => (await readLayout(directory)).images[0]),
    );
    expect(configs[1]?.configDescriptor).toEqual(configs[0]?.configDescriptor);
    expect(configs[1]?.layers[1]).toEqual(configs[0]?.layers[1]);
    expect(everything(legacy.directory)).toEqual(everything(classic.directory));
  });

  it('gives the same manifest for either image store where the base is compressed anew', async () => {
    const other = { ...base, blob: gzipSync(base.tar, { level: 1 }) };
    const plain = [base, app].map((layer) => ({ ...layer, blob: layer.tar }));
    const containerd = await write(ociFiles({ layers: [other, app] }), { baseLayers: 'recompressed' });
    const classic = await write(ociFiles({ layers: plain }), { baseLayers: 'recompressed' });
    expect(everything(classic.directory)).toEqual(everything(containerd.directory));
  });

  it('writes the times of the build as 1970, and no others', async () => {
    const other = { docker_version: '26.1.5', container_config: { Hostname: 'x' } };
    const config = { Env: ['A=b'], Cmd: null, User: '', Labels: {}, Volumes: { '/data': {} } };
    const { directory } = await write(ociFiles({ layers: [base, app], config, other }));
    const { images } = await readLayout(directory);
    expect(images[0]?.config).toEqual({
      ...{ architecture: 'amd64', os: 'linux', created: '1970-01-01T00:00:00Z' },
      config: { Env: ['A=b'], Volumes: { '/data': {} } },
      rootfs: images[0]?.config.rootfs,
      history: [
        { created: BASE_TIME, created_by: 'COPY 0' },
        { created: '1970-01-01T00:00:00Z', created_by: 'COPY 1' },
        { created: '1970-01-01T00:00:00Z', created_by: 'ENTRYPOINT ["/app"]', empty_layer: true },
      ],
    });
  });

  it('lists one platform in index.json itself, with the name it was given', async () => {
    const { directory, summary } = await write(ociFiles({ layers: [app] }), { reference: 'api:1' });
    const index = JSON.parse(readFileSync(join(directory, 'index.json'), 'utf8')) as { manifests: unknown };
    expect(index.manifests).toEqual([
      {
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        digest: summary[0]?.digest,
        size: blob(directory, summary[0]?.digest).length,
        platform: { os: 'linux', architecture: 'amd64' },
        annotations: {
          'io.containerd.image.name': 'docker.io/library/api:1',
          'org.opencontainers.image.ref.name': '1',
        },
      },
    ]);
    expect(await readLayout(directory)).toMatchObject({ reference: 'api:1', index: undefined });
  });

  it('lists several platforms in an index of their own, in the order they came', async () => {
    const files: Files = new Map();
    const arm: TestImage = { layers: [app], architecture: 'arm', variant: 'v7' };
    addIndex(files, [addManifest(files, arm), addManifest(files, { layers: [app] })]);
    const { directory, summary } = await write(files);
    expect(summary.map(({ platform }) => platform)).toEqual(['linux/arm/v7', 'linux/amd64']);
    const layout = await readLayout(directory);
    expect(layout.index?.mediaType).toBe('application/vnd.oci.image.index.v1+json');
    const manifests = JSON.parse(blob(directory, layout.index?.digest).toString()) as { manifests: object[] };
    expect(manifests.manifests).toMatchObject([
      { platform: { os: 'linux', architecture: 'arm', variant: 'v7' } },
      { platform: { os: 'linux', architecture: 'amd64' } },
    ]);
  });

  it('holds little of a large layer in memory', async () => {
    const large = await tarOf([{ name: 'large', content: Buffer.alloc(256 * 2 ** 20) }]);
    const files = ociFiles({ layers: [{ tar: large }] });
    const archive = await openArchive(await writeFiles(join(folder, 'large.tar'), files));
    const start = process.memoryUsage().arrayBuffers;
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().arrayBuffers - start)), 5);
    await writeLayout(join(folder, 'large'), [archive], { buildEpoch: BUILD_EPOCH });
    clearInterval(watch);
    expect(most).toBeLessThan(128 * 2 ** 20);
  }, 60_000);

  it('leaves a directory that is there already as it is', async () => {
    const { directory, parent } = await write(ociFiles({ layers: [app] }));
    const before = everything(directory);
    const archive = await openArchive(join(folder, 'image.tar'));
    await expect(writeLayout(directory, [archive], { buildEpoch: BUILD_EPOCH })).rejects.toThrow(
      `${directory}: the image layout is not written over what is there already`,
    );
    expect(everything(directory)).toEqual(before);
    expect(readdirSync(parent)).toEqual(['oci']);
  });

  it('says so where a file is in the way', async () => {
    writeFileSync(join(folder, 'file'), '');
    const archive = await openArchive(join(folder, 'image.tar'));
    const writing = writeLayout(join(folder, 'file', 'oci'), [archive], { buildEpoch: BUILD_EPOCH });
    await expect(writing).rejects.toThrow(
      'cannot be written: a file is where a directory must be\n→ remove it',
    );
  });

  it('reads zstd layers where Node.js can, and says what to do where it cannot', async () => {
    // `printf hello | zstd -c | xxd -p`; as a layer it is empty of entries, so only the base may be like it.
    const blobBytes = Buffer.from('28b52ffd045829000068656c6c6fa36d9f88', 'hex');
    const zstd = { tar: Buffer.from('hello'), blob: blobBytes, created: BASE_TIME };
    const writing = write(ociFiles({ layers: [zstd, app] }));
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
    if (major > 22 || (major === 22 && minor >= 15)) {
      expect((await writing).summary[0]?.layers[0]).toMatchObject({ unpackedBytes: 5, compressedBytes: 18 });
    } else {
      await expect(writing).rejects.toThrow('→ use Node.js 22.15 or newer, or a base image with gzip layers');
    }
  });
});
