import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { blobPath, digestOf } from '../blobs/digest';
import { messageOf, OciImageError } from '../errors';
import { parseImageConfig, platformOf } from '../image-config';
import { JsonDocument } from '../json-document';
import type { Descriptor, Layout, LayoutImage } from './layout';

const INDEX = 'application/vnd.oci.image.index.v1+json';

/**
 * Reads what {@link writeLayout} wrote. Index, manifests and configs are held to their digests, layers to their sizes.
 * @throws OciImageError where the directory is no such layout, or is not whole.
 */
export async function readLayout(directory: string): Promise<Layout> {
  const index = JsonDocument.parse(await readText(directory, 'index.json'), join(directory, 'index.json'));
  const tops = index.children('manifests');
  const [top] = tops;
  if (!top || tops.length > 1) return index.fail('manifests', `lists ${tops.length} images, not one`);
  const isIndex = top.string('mediaType') === INDEX;
  const images = isIndex ? await readImages(directory, top) : [await readImage(directory, top)];
  const reference = await readReference(directory);
  return { directory, reference, index: isIndex ? toDescriptor(top) : undefined, images };
}

/** @throws OciImageError where the layout has no such file. */
export async function readText(directory: string, name: string): Promise<string> {
  try {
    return await readFile(join(directory, name), 'utf8');
  } catch (cause) {
    throw notWhole(join(directory, name), messageOf(cause), cause);
  }
}

export function notWhole(file: string, what: string, cause?: unknown): OciImageError {
  return new OciImageError(`the image layout is not whole: ${what}`, {
    location: { file },
    advice: 'build the image again',
    cause,
  });
}

async function readImages(directory: string, top: JsonDocument): Promise<LayoutImage[]> {
  const index = await readBlob(directory, top);
  const images: LayoutImage[] = [];
  for (const manifest of index.children('manifests')) images.push(await readImage(directory, manifest));
  if (images.length === 0) index.fail('manifests', 'lists no image');
  return images;
}

async function readImage(directory: string, descriptor: JsonDocument): Promise<LayoutImage> {
  const manifest = await readBlob(directory, descriptor);
  const configDescriptor = manifest.child('config');
  const where = join(directory, blobPath(configDescriptor.digest('digest')));
  const config = parseImageConfig(await readBlobText(directory, configDescriptor), where);
  const layers = manifest.children('layers').map(toDescriptor);
  if (layers.length !== config.rootfs.diff_ids.length) {
    throw notWhole(where, `it has ${config.rootfs.diff_ids.length} diffIDs for ${layers.length} layers`);
  }
  for (const layer of layers) await checkSize(directory, layer);
  return {
    ...{ platform: platformOf(config), manifest: toDescriptor(descriptor) },
    ...{ configDescriptor: toDescriptor(configDescriptor), config, layers },
  };
}

function toDescriptor(document: JsonDocument): Descriptor {
  const annotations = document.optionalChild('annotations');
  return {
    mediaType: document.string('mediaType'),
    digest: document.digest('digest'),
    size: document.bytes('size'),
    annotations:
      annotations &&
      Object.fromEntries(Object.keys(annotations.raw).map((key) => [key, annotations.string(key)])),
  };
}

async function checkSize(directory: string, { digest, size }: Descriptor): Promise<void> {
  const path = join(directory, blobPath(digest));
  const actual = await stat(path).catch((cause: Error) => {
    throw notWhole(path, cause.message, cause);
  });
  if (actual.size !== size) throw notWhole(path, `it has ${actual.size} bytes instead of ${size}`);
}

async function readBlob(directory: string, descriptor: JsonDocument): Promise<JsonDocument> {
  const text = await readBlobText(directory, descriptor);
  return JsonDocument.parse(text, join(directory, blobPath(descriptor.digest('digest'))));
}

async function readBlobText(directory: string, descriptor: JsonDocument): Promise<string> {
  const name = blobPath(descriptor.digest('digest'));
  const text = await readText(directory, name);
  const actual = digestOf(text);
  if (actual !== descriptor.digest('digest'))
    throw notWhole(join(directory, name), `it has the digest ${actual}`);
  return text;
}

async function readReference(directory: string): Promise<string | undefined> {
  const file = join(directory, 'manifest.json');
  const [first] = JsonDocument.parseList(await readText(directory, 'manifest.json'), file);
  return first?.strings('RepoTags')[0];
}
