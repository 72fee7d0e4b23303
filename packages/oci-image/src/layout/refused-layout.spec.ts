import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { BUILD_EPOCH, OciImageError, openArchive, verifyLayout, writeLayout, type LayoutOptions } from '..';
import {
  addIndex,
  addManifest,
  BASE_TIME,
  ociFiles,
  sha256,
  tarOf,
  temporaryFolder,
  writeFiles,
  type Files,
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

describe('writeLayout leaves nothing behind and names what is wrong', () => {
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
      'nothing in the image was added by this build (SOURCE_DATE_EPOCH=499162500)',
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
      if (staging && existsSync(join(parent, staging, 'partial-0'))) stop.abort(new Error('interrupted'));
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
