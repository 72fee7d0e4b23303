import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUILD_EPOCH, openArchive, verifyLayout, writeLayout, type ImageArchive } from '..';
import { BASE_TIME, ociFiles, tarOf, temporaryFolder, writeFiles } from '../../spec/archives';

const folder = temporaryFolder();
let count = 0;

/** An image of one layer of a base and one of an app. */
async function image(content: string): Promise<ImageArchive> {
  const base = { tar: await tarOf([{ name: 'etc/passwd', content: 'root' }]), created: BASE_TIME };
  const app = { tar: await tarOf([{ name: 'app', content }]) };
  return openArchive(await writeFiles(join(folder, `${content}.tar`), ociFiles({ layers: [base, app] })));
}

async function write(archive: ImageArchive, layerCache?: string) {
  const parent = join(folder, String(count++));
  mkdirSync(parent);
  const directory = join(parent, 'oci');
  const options = { buildEpoch: BUILD_EPOCH, baseLayers: 'recompressed', layerCache } as const;
  const summary = await writeLayout(directory, [archive], options);
  // Holds every blob and every layer to its digest.
  expect(await verifyLayout(directory)).toEqual(summary);
  return summary;
}

/** The archive, and how often its layers have been read. */
function counted(archive: ImageArchive): { archive: ImageArchive; reads: () => number } {
  let reads = 0;
  const images = archive.images.map((each) => ({
    ...each,
    layers: each.layers.map((layer) => ({ ...layer, open: () => (reads++, layer.open()) })),
  }));
  return { archive: { ...archive, images }, reads: () => reads };
}

describe('a layout that is written with a cache of layers', () => {
  it('is the same as without, and no layer is read that was written before', async () => {
    const cache = join(folder, 'cache-same');
    const plain = await write(await image('one'));
    expect(await write(await image('one'), cache)).toEqual(plain);
    const again = counted(await image('one'));
    expect(await write(again.archive, cache)).toEqual(plain);
    expect(again.reads()).toBe(0);
    const other = counted(await image('two'));
    await write(other.archive, cache);
    expect(other.reads()).toBe(1);
  });

  it('is the same where the cache is damaged', async () => {
    const cache = join(folder, 'cache-damaged');
    const plain = await write(await image('three'), cache);
    const files = readdirSync(cache);
    expect(files).toHaveLength(2);
    for (const name of files) {
      const bytes = readFileSync(join(cache, name));
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
      writeFileSync(join(cache, name), bytes);
    }
    const again = counted(await image('three'));
    expect(await write(again.archive, cache)).toEqual(plain);
    expect(again.reads()).toBe(2);
  });

  it('takes a layer of the base for another one than the same layer of the app', async () => {
    const cache = join(folder, 'cache-origin');
    const tar = await tarOf([{ name: 'file', content: 'same' }]);
    const open = async (created: string | undefined, name: string) =>
      openArchive(await writeFiles(join(folder, name), ociFiles({ layers: [{ tar, created }, { tar }] })));
    const archive = await open(BASE_TIME, 'origin.tar');
    const plain = await write(archive);
    expect(await write(archive, cache)).toEqual(plain);
    expect(await write(archive, cache)).toEqual(plain);
    const [base, app] = plain[0]?.layers ?? [];
    expect(base?.diffId).not.toBe(app?.diffId);
  });
});
