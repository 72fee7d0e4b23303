// Writes an image archive that `docker load` takes on every image store, and that is the same image on each of them.
// https://github.com/opencontainers/image-spec/blob/v1.1.0/image-layout.md
import { createHash } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { capture } from '../machine/run.mjs';

/** The day trixie was released. Any fixed time will do: it only must not be the time of the build. */
const CREATED = '2025-08-09T00:00:00Z';
/** What `docker history` shows for a stand-in, and how the tools know one again. */
export const STAND_IN_COMMENT = 'stand-in made by go-docker: no registry answered';

/**
 * @param {string} file the archive to write; it appears only when it is whole
 * @param {{ reference: string, architectures: string[], config: object, layers: string[] }} image
 *   `layers` are tar files, from the lowest up; each is deleted once it is in the archive
 */
export async function writeImageArchive(file, { reference, architectures, config, layers }) {
  const directory = await mkdtemp(`${file}-`);
  try {
    mkdirSync(join(directory, 'blobs/sha256'), { recursive: true });
    const blobs = [];
    for (const layer of layers) blobs.push(await addLayer(directory, layer));
    const images = architectures.map((architecture) => addImage(directory, { architecture, config, blobs }));
    writeIndexes(directory, { reference, images, blobs });
    capture('tar', ['--create', '--file', `${file}.tmp`, '--directory', directory, '.']);
    renameSync(`${file}.tmp`, file);
  } finally {
    rmSync(directory, { recursive: true, force: true });
    rmSync(`${file}.tmp`, { force: true });
  }
}

async function addLayer(directory, tar) {
  const zipped = join(directory, 'layer.tar.gz');
  const diffId = createHash('sha256');
  const source = createReadStream(tar);
  source.on('data', (chunk) => diffId.update(chunk));
  // Level 1: a toolchain is 250 MB, and only this machine ever reads the archive.
  await pipeline(source, createGzip({ level: 1 }), createWriteStream(zipped));
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(zipped)) digest.update(chunk);
  const descriptor = {
    mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
    digest: `sha256:${digest.digest('hex')}`,
    size: statSync(zipped).size,
  };
  renameSync(zipped, blobPath(directory, descriptor.digest));
  rmSync(tar);
  return { descriptor, diffId: `sha256:${diffId.digest('hex')}` };
}

function addImage(directory, { architecture, config, blobs }) {
  const image = addJson(directory, 'application/vnd.oci.image.config.v1+json', {
    architecture,
    os: 'linux',
    created: CREATED,
    config,
    rootfs: { type: 'layers', diff_ids: blobs.map(({ diffId }) => diffId) },
    history: blobs.map(() => ({ created: CREATED, comment: STAND_IN_COMMENT })),
  });
  const manifest = addJson(directory, 'application/vnd.oci.image.manifest.v1+json', {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: image,
    layers: blobs.map(({ descriptor }) => descriptor),
  });
  return { image, manifest: { ...manifest, platform: { architecture, os: 'linux' } } };
}

function writeIndexes(directory, { reference, images, blobs }) {
  const manifests = images.map(({ manifest }) => manifest);
  const named =
    manifests.length === 1
      ? manifests[0]
      : addJson(directory, 'application/vnd.oci.image.index.v1+json', {
          schemaVersion: 2,
          mediaType: 'application/vnd.oci.image.index.v1+json',
          manifests,
        });
  const write = (name, value) => writeFileSync(join(directory, name), JSON.stringify(value));
  write('oci-layout', { imageLayoutVersion: '1.0.0' });
  write('index.json', {
    schemaVersion: 2,
    manifests: [
      {
        ...named,
        annotations: {
          'io.containerd.image.name': fullReference(reference),
          'org.opencontainers.image.ref.name': reference.slice(reference.lastIndexOf(':') + 1),
        },
      },
    ],
  });
  // What the classic image store reads: one platform, the first.
  write('manifest.json', [
    {
      Config: blobName(images[0].image.digest),
      RepoTags: [reference],
      Layers: blobs.map(({ descriptor }) => blobName(descriptor.digest)),
    },
  ]);
}

function addJson(directory, mediaType, value) {
  const text = JSON.stringify(value);
  const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
  writeFileSync(blobPath(directory, digest), text);
  return { mediaType, digest, size: Buffer.byteLength(text) };
}

function blobPath(directory, digest) {
  return join(directory, blobName(digest));
}

function blobName(digest) {
  return `blobs/${digest.replace(':', '/')}`;
}

/** `golang:1.26.8` is short for `docker.io/library/golang:1.26.8`. */
function fullReference(reference) {
  return /^[^/]*[.:][^/]*\//.test(reference) ? reference : `docker.io/library/${reference}`;
}
