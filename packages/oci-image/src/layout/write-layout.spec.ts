import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import {
  BUILD_EPOCH,
  OciImageError,
  openArchive,
  readLayout,
  verifyLayout,
  writeLayout,
  type LayoutOptions,
} from '..';
import {
  addIndex,
  addManifest,
  BASE_TIME,
  dockerFiles,
  entriesOf,
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

/** @returns Everything in a layout, by name. */
function everything(directory: string): Record<string, string> {
  const names = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    names.map(({ parentPath, name }) => [
      join(parentPath, name).slice(directory.length + 1),
      readFileSync(join(parentPath, name), 'base64'),
    ]),
  );
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

  describe('leaves nothing behind and names what is wrong', () => {
    it('with a layer that is not what its digest says', async () => {
      const files = ociFiles({ layers: [base, app] });
      const stored = gzipSync(app.tar);
      stored[stored.length - 1] = 0x55;
      files.set(`blobs/sha256/${sha256(gzipSync(app.tar))}`, stored);
      await expectRefused(
        files,
        /layer 2 \(sha256:\w+\): the layer cannot be decompressed|not what its digest says/,
      );
    });

    it('with a layer of the base that is not what its digest says', async () => {
      const files = ociFiles({ layers: [base, app] });
      const name = `blobs/sha256/${sha256(gzipSync(base.tar))}`;
      files.set(name, gzipSync(base.tar, { level: 0 }).subarray(0, gzipSync(base.tar).length));
      await expectRefused(files, `${name} is not what its digest says`);
    });

    it.each(['base', 'app'] as const)(
      'with a layer of the %s that is not what its diffID says',
      async (origin) => {
        const layer = origin === 'base' ? base : app;
        const wrong = { ...layer, blob: gzipSync(await tarOf([{ name: 'other' }])) };
        await expectRefused(
          ociFiles({ layers: origin === 'base' ? [wrong, app] : [wrong] }),
          'not what its diffID says',
        );
      },
    );

    it('with a layer that is cut off though its digest is right', async () => {
      const cut = gzipSync(app.tar).subarray(0, -20);
      await expectRefused(
        ociFiles({ layers: [{ ...app, blob: cut }] }),
        'cannot be decompressed: unexpected end of file',
      );
    });

    it('with an image that the build had no part in', async () => {
      const history = { history: [{ created: BASE_TIME }] };
      await expectRefused(
        ociFiles({ layers: [base], other: history }),
        'built with SOURCE_DATE_EPOCH=499162500',
      );
    });

    it('with a history that does not fit the layers', async () => {
      const history = { history: [{ created: '1985-10-26T08:15:00Z' }] };
      await expectRefused(
        ociFiles({ layers: [base, app], other: history }),
        'its history names 1 layers, and it has 2',
      );
      await expectRefused(ociFiles({ layers: [app, base] }), 'a layer of the base lies above one of the app');
    });

    it('with two images for one platform', async () => {
      const files: Files = new Map();
      addIndex(files, [addManifest(files, { layers: [app] }), addManifest(files, { layers: [app, app] })]);
      await expectRefused(files, 'two images are for linux/amd64');
    });

    it('when it is told to stop', async () => {
      const signal = AbortSignal.abort(new Error('interrupted'));
      await expect(write(ociFiles({ layers: [base, app] }), { signal })).rejects.toThrow('interrupted');
      expect(readdirSync(join(folder, String(count - 1)))).toEqual([]);
    });

    it('when it is told to stop in the middle of a layer', async () => {
      const noise = { tar: await tarOf([{ name: 'app', content: randomBytes(16 * 2 ** 20) }]) };
      const parent = join(folder, 'stopped');
      mkdirSync(parent);
      const archive = await openArchive(
        await writeFiles(join(folder, 'noise.tar'), ociFiles({ layers: [noise] })),
      );
      const stop = new AbortController();
      const watch = setInterval(() => {
        const [staging] = readdirSync(parent);
        if (staging && existsSync(join(parent, staging, 'partial'))) stop.abort(new Error('interrupted'));
      }, 1);
      const options = { buildEpoch: BUILD_EPOCH, signal: stop.signal };
      await expect(writeLayout(join(parent, 'oci'), [archive], options)).rejects.toThrow('interrupted');
      clearInterval(watch);
      expect(readdirSync(parent)).toEqual([]);
    });

    it('whatever bytes of the archive are damaged', async () => {
      const whole = readFileSync(
        await writeFiles(join(folder, 'whole.tar'), ociFiles({ layers: [base, app] })),
      );
      const parent = join(folder, 'damaged');
      mkdirSync(parent);
      const damage = fc.record({ at: fc.nat(whole.length - 1), byte: fc.nat(255) });
      await fc.assert(
        fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 4 }), async (damages) => {
          const bytes = Buffer.from(whole);
          for (const { at, byte } of damages) bytes[at] = byte;
          writeFileSync(join(folder, 'damaged.tar'), bytes);
          const error = await writeDamaged(parent).catch((thrown: unknown) => thrown);
          // Bytes that nothing depends on, such as the times of the archive's own files, may be anything.
          if (error !== undefined) expect(error).toBeInstanceOf(OciImageError);
          expect(readdirSync(parent)).toEqual([]);
        }),
        { numRuns: 300 },
      );
    }, 60_000);

    async function writeDamaged(parent: string): Promise<undefined> {
      const archive = await openArchive(join(folder, 'damaged.tar'));
      await writeLayout(join(parent, 'oci'), [archive], { buildEpoch: BUILD_EPOCH });
      await verifyLayout(join(parent, 'oci'));
      rmSync(join(parent, 'oci'), { recursive: true });
      return undefined;
    }

    async function expectRefused(files: Files, message: string | RegExp): Promise<void> {
      const error = await write(files).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(OciImageError);
      expect((error as Error).message).toMatch(message);
      expect(readdirSync(join(folder, String(count - 1)))).toEqual([]);
    }
  });

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
