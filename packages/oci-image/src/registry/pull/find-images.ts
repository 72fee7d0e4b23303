import type { Digest } from '../../blobs/digest';
import { OciImageError } from '../../errors';
import { type ImageConfig, parseImageConfig, platformOf } from '../../image-config';
import { JsonDocument } from '../../json-document';
import { INDEX_TYPES, isAttestation, MANIFEST_TYPES } from '../../media-types';
import { shown } from '../../shown';
import type { KnownBlob } from './blob-cache';
import type { ImageSource } from './image-source';
import { choosePlatform, normalPlatform, parsePlatform, type Platform, platformText } from './platform';

/** What a manifest says, and the config that it names. */
export interface FoundImage {
  readonly config: ImageConfig;
  /** Lowest first. */
  readonly layers: readonly (KnownBlob & { readonly diffId: Digest })[];
}

/**
 * @param by Tag or digest.
 * @param name The whole reference, for errors.
 * @returns For each platform, in their order, the image that containerd would take. One image may serve two of them.
 * @throws OciImageError that lists what there is, where there is none for a platform.
 */
export async function findImages(
  source: ImageSource,
  by: string,
  platforms: readonly string[],
  name: string,
): Promise<readonly FoundImage[]> {
  const wanted = platforms.map(parsePlatform);
  const top = JsonDocument.parse((await source.manifest(by)).toString('utf8'), name);
  const offered = isIndex(top) ? await listIndex(source, top, name, 0) : [await single(source, top, name)];
  const chosen = wanted.map(
    (platform) => choosePlatform(offered, platform) ?? refuse(platform, offered, name),
  );
  const images = new Map<Offered, FoundImage>();
  for (const one of new Set(chosen)) images.set(one, await one.read());
  return chosen.map((one) => images.get(one)).filter((image) => image !== undefined);
}

interface Offered {
  readonly platform: Platform;
  read(): Promise<FoundImage>;
}

/** As in an archive: BuildKit writes an index of indexes; anything deeper is made to exhaust the reader. */
const MAX_DEPTH = 4;

async function listIndex(
  source: ImageSource,
  index: JsonDocument,
  name: string,
  depth: number,
): Promise<readonly Offered[]> {
  const offered: Offered[] = [];
  for (const descriptor of index.children('manifests')) {
    const mediaType = descriptor.string('mediaType');
    const platform = descriptor.optionalChild('platform');
    if (isAttestation(descriptor)) continue;
    const read = () => readManifest(source, descriptor, name);
    if (INDEX_TYPES.has(mediaType)) {
      if (depth === MAX_DEPTH) descriptor.fail('mediaType', `is the index ${depth + 1} levels deep`);
      offered.push(...(await listIndex(source, await read(), name, depth + 1)));
      // Anything else that an index may list, such as a signature, is no image.
    } else if (MANIFEST_TYPES.has(mediaType)) {
      offered.push(
        platform
          ? { platform: platformIn(platform), read: async () => readImage(source, await read(), name) }
          : await single(source, await read(), name),
      );
    }
  }
  return offered;
}

async function readManifest(
  source: ImageSource,
  descriptor: JsonDocument,
  name: string,
): Promise<JsonDocument> {
  const digest = descriptor.digest('digest');
  return JsonDocument.parse((await source.manifest(digest)).toString('utf8'), `${name}: ${digest}`);
}

/** An image of which only its config says what it is for. */
async function single(source: ImageSource, manifest: JsonDocument, name: string): Promise<Offered> {
  const image = await readImage(source, manifest, name);
  return { platform: parsePlatform(platformOf(image.config)), read: () => Promise.resolve(image) };
}

async function readImage(source: ImageSource, manifest: JsonDocument, name: string): Promise<FoundImage> {
  refuseOther(manifest, name);
  const blob = blobOf(manifest.child('config'));
  const text = (await source.config(blob)).toString('utf8');
  const config = parseImageConfig(text, `${name}: ${blob.digest}`);
  const layers = manifest.children('layers').map(blobOf);
  const diffIds = config.rootfs.diff_ids;
  if (layers.length !== diffIds.length) {
    manifest.fail('layers', `has ${layers.length} layers, and the config ${diffIds.length}`);
  }
  return {
    config,
    layers: layers.flatMap((layer, at) => diffIds.slice(at, at + 1).map((diffId) => ({ ...layer, diffId }))),
  };
}

function blobOf(descriptor: JsonDocument): KnownBlob {
  return { digest: descriptor.digest('digest'), size: descriptor.bytes('size') };
}

/** Docker's index has a media type always, that of OCI need not. */
function isIndex(document: JsonDocument): boolean {
  const mediaType = document.optionalString('mediaType');
  return mediaType === undefined ? Array.isArray(document.raw['manifests']) : INDEX_TYPES.has(mediaType);
}

function refuseOther(manifest: JsonDocument, name: string): void {
  const mediaType = manifest.optionalString('mediaType');
  if (manifest.raw['schemaVersion'] === 2 && (mediaType === undefined || MANIFEST_TYPES.has(mediaType)))
    return;
  const what =
    manifest.raw['schemaVersion'] === 1
      ? 'the image has a manifest of schema 1, which nobody has written since 2017'
      : `'${shown(mediaType ?? 'this')}' is no image`;
  throw new OciImageError(what, {
    location: { file: name },
    advice: 'take an image that is built and pushed anew',
  });
}

function platformIn(document: JsonDocument): Platform {
  return normalPlatform({
    os: document.string('os'),
    architecture: document.string('architecture'),
    variant: document.optionalString('variant'),
  });
}

function refuse(wanted: Platform, offered: readonly Offered[], name: string): never {
  const there = [...new Set(offered.map(({ platform }) => shown(platformText(platform))))].join(', ');
  throw new OciImageError(
    there === '' ? 'it holds no image' : `there is no image for ${platformText(wanted)}, only for ${there}`,
    { location: { file: name }, advice: 'build for a platform that the base has, or choose another base' },
  );
}
