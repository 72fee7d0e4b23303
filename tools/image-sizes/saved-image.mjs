// Measures what `docker save` wrote, on either image store.
import { createReadStream, openSync, readFileSync, readSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';

/** Sizes by diffID: many images stand on one toolchain, and packing it takes half a minute. */
const measured = new Map();

/**
 * @param {string} directory an extracted archive of one image
 * @param {string[]} baseDiffIds the layers of its base
 * @param {('base' | 'app')[]} parts
 * @returns {Promise<{ base?: Sizes, app?: Sizes }>} the sums of the layers, unpacked and packed as go-docker packs them,
 *   so that only contents differ
 * @typedef {{ unpackedBytes: number, compressedBytes: number }} Sizes
 */
export async function savedImageSizes(directory, baseDiffIds, parts) {
  const [manifest] = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8'));
  const config = JSON.parse(readFileSync(join(directory, manifest.Config), 'utf8'));
  const layers = config.rootfs.diff_ids.map((diffId, index) => ({ diffId, file: manifest.Layers[index] }));
  const below = layers.slice(0, baseDiffIds.length);
  if (below.some(({ diffId }, index) => diffId !== baseDiffIds[index]))
    throw new Error('The image does not stand on the base that the rows name.');
  const layersOf = { base: below, app: layers.slice(baseDiffIds.length) };
  const sizes = {};
  for (const part of parts) {
    const total = { unpackedBytes: 0, compressedBytes: 0 };
    for (const { diffId, file } of layersOf[part]) {
      if (!measured.has(diffId)) measured.set(diffId, await layerSizes(join(directory, file)));
      const layer = measured.get(diffId);
      total.unpackedBytes += layer.unpackedBytes;
      total.compressedBytes += layer.compressedBytes;
    }
    sizes[part] = total;
  }
  return sizes;
}

async function layerSizes(file) {
  const unpacked = counter();
  const compressed = counter();
  const unpack = isGzip(file) ? createGunzip() : new PassThrough();
  await pipeline(
    createReadStream(file, { highWaterMark: 1 << 20 }),
    unpack,
    unpacked.count,
    createGzip({ level: 6 }),
    compressed.count,
    discard,
  );
  return { unpackedBytes: unpacked.bytes(), compressedBytes: compressed.bytes() };
}

function isGzip(file) {
  const start = Buffer.alloc(2);
  const descriptor = openSync(file);
  readSync(descriptor, start, 0, 2, 0);
  closeSync(descriptor);
  return start.equals(Buffer.from([0x1f, 0x8b]));
}

function counter() {
  let bytes = 0;
  return {
    bytes: () => bytes,
    async *count(chunks) {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        yield chunk;
      }
    },
  };
}

async function discard(chunks) {
  for await (const chunk of chunks) void chunk;
}
