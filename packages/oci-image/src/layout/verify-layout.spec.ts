import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUILD_EPOCH, measureLayout, OciImageError, openArchive, verifyLayout, writeLayout } from '..';
import {
  addIndex,
  addManifest,
  BASE_TIME,
  ociFiles,
  tarOf,
  temporaryFolder,
  writeFiles,
  type Files,
} from '../../spec/archives';
import type { LayoutSummary } from '..';

const folder = temporaryFolder();
const layout = join(folder, 'layout');
const copy = join(folder, 'copy');
let written: LayoutSummary;

beforeAll(async () => {
  const base = { tar: await tarOf([{ name: 'etc/passwd', content: 'root' }]), created: BASE_TIME };
  const app = { tar: await tarOf([{ name: 'app', content: 'binary' }]) };
  const files: Files = ociFiles();
  const platforms = ['amd64', 'arm64'].map((architecture) => ({ layers: [base, app], architecture }));
  addIndex(
    files,
    platforms.map((image) => addManifest(files, image)),
  );
  const archive = await openArchive(await writeFiles(join(folder, 'image.tar'), files));
  written = await writeLayout(layout, [archive], { buildEpoch: BUILD_EPOCH, reference: 'api:1' });
});

beforeEach(() => {
  rmSync(copy, { recursive: true, force: true });
  cpSync(layout, copy, { recursive: true });
});

function filesOf(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

describe('measureLayout and verifyLayout', () => {
  it('say of a layout what writing it said', async () => {
    expect(await measureLayout(layout)).toEqual(written);
    expect(await verifyLayout(layout)).toEqual(written);
  });

  it('refuse a layout in which any file is damaged, cut off or missing', async () => {
    const files = filesOf(copy);
    // oci-layout, index.json, manifest.json; an index, two manifests, two configs, two layers.
    expect(files).toHaveLength(10);
    for (const file of files) {
      const bytes = readFileSync(file);
      const damaged = Buffer.from(bytes);
      damaged[bytes.length >> 1] = (damaged[bytes.length >> 1] ?? 0) ^ 1;
      for (const wrong of [damaged, bytes.subarray(0, -1), Buffer.alloc(0)]) {
        writeFileSync(file, wrong);
        await expect(verifyLayout(copy)).rejects.toThrow(OciImageError);
      }
      rmSync(file);
      await expect(verifyLayout(copy)).rejects.toThrow(OciImageError);
      writeFileSync(file, bytes);
    }
    expect(await verifyLayout(copy)).toEqual(written);
  });

  it('refuse a blob that nothing refers to', async () => {
    writeFileSync(join(copy, 'blobs', 'sha256', '0'.repeat(64)), '');
    await expect(verifyLayout(copy)).rejects.toThrow('nothing refers to it');
  });

  it('name the directory that is not there', async () => {
    await expect(verifyLayout(join(folder, 'none'))).rejects.toThrow(
      `${join(folder, 'none', 'index.json')}: the image layout is not whole: ENOENT`,
    );
  });
});
