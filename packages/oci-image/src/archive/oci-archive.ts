import { blobPath } from '../blobs/digest';
import { OciImageError } from '../errors';
import type { ArchivedImage, ArchivedLayer, Digest } from '../image';
import { parseImageConfig, platformOf } from '../image-config';
import { JsonDocument } from '../json-document';
import { INDEX_TYPES, isAttestation, MANIFEST_TYPES } from '../media-types';
import { shown } from '../shown';
import { archivedLayer, readDocument, requireFile } from './archived-blob';
import type { TarIndex } from './tar-index';

/** Which of the images that index.json lists are read; all of them where nothing is said. */
interface Wanted {
  /** A digest or a tag. */
  readonly name?: string;
  /** Passes over those whose manifests are not there. */
  readonly partial?: boolean;
}

/** @returns The images of an OCI layout. https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md */
export async function readOciImages(
  archive: TarIndex,
  { name, partial = false }: Wanted = {},
): Promise<readonly ArchivedImage[]> {
  const text = await readDocument(archive, 'index.json');
  const index = JsonDocument.parse(text, `${archive.file}: index.json`);
  const isThere = (descriptor: JsonDocument) =>
    !partial || archive.find(blobPath(descriptor.digest('digest'))) !== undefined;
  return imagesOfIndex(
    archive,
    index,
    0,
    isThere,
    (descriptor) => name === undefined || isCalled(descriptor, name),
  );
}

function isCalled(descriptor: JsonDocument, name: string): boolean {
  const tag = descriptor.optionalChild('annotations')?.raw['org.opencontainers.image.ref.name'];
  return descriptor.digest('digest') === name || tag === name;
}

/** An index of indexes is what BuildKit writes; anything deeper is made to exhaust the reader. */
const MAX_DEPTH = 4;

async function imagesOfIndex(
  archive: TarIndex,
  index: JsonDocument,
  depth: number,
  isThere: (descriptor: JsonDocument) => boolean,
  isWanted: (descriptor: JsonDocument) => boolean = () => true,
): Promise<ArchivedImage[]> {
  const images: ArchivedImage[] = [];
  for (const descriptor of index.children('manifests')) {
    if (isAttestation(descriptor) || !isThere(descriptor) || !isWanted(descriptor)) continue;
    const mediaType = descriptor.string('mediaType');
    const document = await readBlob(archive, descriptor);
    if (MANIFEST_TYPES.has(mediaType)) images.push(await imageOfManifest(archive, document));
    else if (INDEX_TYPES.has(mediaType) && depth < MAX_DEPTH) {
      images.push(...(await imagesOfIndex(archive, document, depth + 1, isThere)));
    } else descriptor.fail('mediaType', `is '${shown(mediaType)}', which is no image`);
  }
  return images;
}

async function imageOfManifest(archive: TarIndex, manifest: JsonDocument): Promise<ArchivedImage> {
  const descriptor = manifest.child('config');
  const where = `${archive.file}: ${blobPath(descriptor.digest('digest'))}`;
  const config = parseImageConfig(await readBlobText(archive, descriptor), where);
  const diffIds = config.rootfs.diff_ids;
  const descriptors = manifest.children('layers');
  if (descriptors.length !== diffIds.length) {
    const what = `the manifest has ${descriptors.length} layers, the config ${diffIds.length}`;
    throw new OciImageError(`the image is malformed: ${what}`, { location: { file: where } });
  }
  const layers: ArchivedLayer[] = [];
  for (const [at, diffId] of diffIds.entries()) {
    const layer = descriptors[at];
    if (layer) layers.push(await layerOf(archive, layer, diffId));
  }
  return { platform: platformOf(config), config, layers };
}

async function layerOf(archive: TarIndex, descriptor: JsonDocument, diffId: Digest): Promise<ArchivedLayer> {
  const digest = checkedBlob(archive, descriptor);
  return archivedLayer(archive, blobPath(digest), { diffId, digest });
}

async function readBlob(archive: TarIndex, descriptor: JsonDocument): Promise<JsonDocument> {
  const text = await readBlobText(archive, descriptor);
  return JsonDocument.parse(text, `${archive.file}: ${blobPath(descriptor.digest('digest'))}`);
}

function readBlobText(archive: TarIndex, descriptor: JsonDocument): Promise<string> {
  const digest = checkedBlob(archive, descriptor);
  return readDocument(archive, blobPath(digest), digest);
}

/** @returns The digest of a blob that is there in the size the descriptor says. */
function checkedBlob(archive: TarIndex, descriptor: JsonDocument): Digest {
  const digest = descriptor.digest('digest');
  const { size } = requireFile(archive, blobPath(digest));
  if (size !== descriptor.bytes('size')) {
    descriptor.fail('size', `says ${descriptor.bytes('size')} bytes; ${blobPath(digest)} has ${size}`);
  }
  return digest;
}
