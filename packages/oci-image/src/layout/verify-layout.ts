import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { blobPath } from '../blobs/digest';
import type { LayoutSummary } from '../image';
import { JsonDocument } from '../json-document';
import type { Layout } from './layout';
import { measureLayout } from './measure-layout';
import { notWhole, readLayout, readText } from './read-layout';

/**
 * Holds everything in a layout to its digest, and the files for `docker load` to the images they speak of.
 * @returns What {@link measureLayout} returns.
 * @throws OciImageError where the layout is not whole.
 */
export async function verifyLayout(directory: string): Promise<LayoutSummary> {
  const summary = await measureLayout(directory);
  const version = JsonDocument.parse(await readText(directory, 'oci-layout'), join(directory, 'oci-layout'));
  if (version.string('imageLayoutVersion') !== '1.0.0') version.fail('imageLayoutVersion', 'is not 1.0.0');
  const layout = await readLayout(directory);
  await verifyDockerManifest(layout);
  await refuseStrays(layout);
  return summary;
}

async function verifyDockerManifest({ directory, images }: Layout): Promise<void> {
  const file = join(directory, 'manifest.json');
  const listed = JsonDocument.parseList(await readText(directory, 'manifest.json'), file);
  if (listed.length !== images.length)
    throw notWhole(file, `it lists ${listed.length} images, not ${images.length}`);
  for (const [at, { configDescriptor, layers }] of images.entries()) {
    const expected = [configDescriptor, ...layers].map(({ digest }) => blobPath(digest));
    const actual = [listed[at]?.string('Config'), ...(listed[at]?.strings('Layers') ?? [])];
    if (actual.join() !== expected.join()) throw notWhole(file, 'it lists other files than the index');
  }
}

/** What nothing refers to would be kept, moved and cached for ever. */
async function refuseStrays({ directory, index, images }: Layout): Promise<void> {
  const known = images.flatMap(({ manifest, configDescriptor, layers }) => [
    manifest,
    configDescriptor,
    ...layers,
  ]);
  const names = new Set([...known, ...(index ? [index] : [])].map(({ digest }) => blobPath(digest)));
  for (const blob of await readdir(join(directory, 'blobs', 'sha256'))) {
    const name = `blobs/sha256/${blob}`;
    if (!names.has(name)) throw notWhole(join(directory, name), 'nothing refers to it');
  }
}
