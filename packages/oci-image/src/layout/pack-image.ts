import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { blobPath } from '../blobs/digest';
import { paddingAfter } from '../tar/tar-entry';
import { BLOCK_BYTES, encodeHeader } from '../tar/tar-header';
import { canonicalJson } from './canonical-json';
import type { Layout, LayoutImage } from './layout';

/**
 * One image of a layout as the tar that `docker load` reads, on either image store: an OCI layout of that image alone, and
 * `manifest.json`. It has no name: whoever loads it gives it one.
 *
 * @returns A stream that reads the blobs as it goes; it fails with the error of the file system where one cannot be read.
 */
export function packImage(layout: Layout, image: LayoutImage): Readable {
  return Readable.from(packed(layout, image), { objectMode: false });
}

async function* packed(layout: Layout, image: LayoutImage): AsyncGenerator<Buffer> {
  for (const [name, text] of rootFiles(image)) {
    const bytes = Buffer.from(text);
    yield fileHeader(name, bytes.length);
    yield bytes;
    yield Buffer.alloc(paddingAfter(bytes.length));
  }
  for (const { digest, size } of blobsOf(image)) {
    yield fileHeader(blobPath(digest), size);
    yield* createReadStream(join(layout.directory, blobPath(digest)));
    yield Buffer.alloc(paddingAfter(size));
  }
  yield Buffer.alloc(2 * BLOCK_BYTES);
}

function rootFiles({ manifest, configDescriptor, layers }: LayoutImage): readonly [string, string][] {
  const { mediaType, digest, size } = manifest;
  const forDocker = {
    Config: blobPath(configDescriptor.digest),
    RepoTags: [],
    Layers: layers.map((layer) => blobPath(layer.digest)),
  };
  return [
    ['oci-layout', canonicalJson({ imageLayoutVersion: '1.0.0' })],
    ['index.json', canonicalJson({ schemaVersion: 2, manifests: [{ mediaType, digest, size }] })],
    ['manifest.json', canonicalJson([forDocker])],
  ];
}

/** Each once: two layers may be the same. */
function blobsOf({ manifest, configDescriptor, layers }: LayoutImage) {
  return new Map([manifest, configDescriptor, ...layers].map((blob) => [blob.digest, blob])).values();
}

function fileHeader(name: string, size: number): Buffer {
  const owner = { uid: 0, gid: 0, devmajor: 0, devminor: 0 };
  return encodeHeader({ name, linkname: '', type: '0', mode: 0o644, size, ...owner });
}
