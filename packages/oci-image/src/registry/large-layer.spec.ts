import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { addBlob, addIndex, type Files, LAYER, MANIFEST, temporaryFolder } from '../../spec/archives';
import { layOut, startDistribution, type TestRegistry } from '../../spec/registry';

const GIGABYTE = 1 << 30;
/** What a process may grow by: less than an eighth of the layer, and no more for a larger one. */
const BOUND = 120 << 20;

const folder = temporaryFolder();
const layout = join(folder, 'layout');
let registry: TestRegistry;
let layer = '';

beforeAll(async () => {
  registry = await startDistribution();
  layer = await writeLargeLayout();
}, 120_000);
afterAll(() => registry?.stop());

/** A layout with one layer that is all zeros: no room on the disk, but on every way. */
async function writeLargeLayout(): Promise<string> {
  const blob = join(layout, 'blobs', 'sha256', 'layer');
  mkdirSync(dirname(blob), { recursive: true });
  writeFileSync(blob, '');
  truncateSync(blob, GIGABYTE);
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(blob)) hash.update(chunk as Buffer);
  const hex = hash.digest('hex');
  await rename(blob, join(dirname(blob), hex));

  const files: Files = new Map([
    ['oci-layout', Buffer.from('{"imageLayoutVersion":"1.0.0"}')],
    ['manifest.json', Buffer.from('[{"RepoTags":[]}]')],
  ]);
  const rootfs = { type: 'layers', diff_ids: [`sha256:${hex}`] };
  const config = addBlob(files, 'application/vnd.oci.image.config.v1+json', {
    os: 'linux',
    architecture: 'amd64',
    rootfs,
  });
  const layers = [{ mediaType: LAYER, digest: `sha256:${hex}`, size: GIGABYTE }];
  addIndex(files, [addBlob(files, MANIFEST, { schemaVersion: 2, mediaType: MANIFEST, config, layers })]);
  layOut(layout, files);
  return hex;
}

async function growthOf(...args: readonly string[]): Promise<number> {
  const specs = join(__dirname, '..', '..', 'spec');
  const script = [join(specs, 'run-typescript.cjs'), join(specs, 'transfer-memory.ts')];
  const { stdout } = await promisify(execFile)(process.execPath, [...script, ...args]);
  return Number(stdout);
}

describe('a layer of 1 GiB', () => {
  it.each(['push', 'push-in-pieces'])(
    'needs no more memory than a small one: %s',
    async (direction) => {
      const growth = await growthOf(direction, `${registry.address}/${direction}:1`, layout);
      expect(growth).toBeLessThan(BOUND);
    },
    300_000,
  );

  it('needs no more memory than a small one: pull', async () => {
    const cache = join(folder, 'cache');
    const growth = await growthOf('pull', `${registry.address}/push:1`, cache);
    expect(growth).toBeLessThan(BOUND);
    expect(statSync(join(cache, 'blobs', 'sha256', layer)).size).toBe(GIGABYTE);
  }, 300_000);
});
