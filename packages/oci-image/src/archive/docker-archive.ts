import { OciImageError } from '../errors';
import type { ArchivedImage, ArchivedLayer, Digest } from '../image';
import { parseImageConfig, platformOf } from '../image-config';
import { JsonDocument } from '../json-document';
import { archivedLayer, readDocument } from './archived-blob';
import type { TarIndex } from './tar-index';

/**
 * @returns The images of a tar that `docker save` wrote before Docker 25.
 * https://github.com/moby/moby/blob/v24.0.0/image/spec/v1.2.md#combined-image-json--filesystem-changeset-format
 */
export async function readDockerImages(archive: TarIndex): Promise<readonly ArchivedImage[]> {
  const text = await readDocument(archive, 'manifest.json');
  const images: ArchivedImage[] = [];
  for (const image of JsonDocument.parseList(text, `${archive.file}: manifest.json`)) {
    images.push(await readImage(archive, image));
  }
  return images;
}

async function readImage(archive: TarIndex, image: JsonDocument): Promise<ArchivedImage> {
  const name = image.string('Config');
  const config = parseImageConfig(
    await readDocument(archive, name, digestIn(name)),
    `${archive.file}: ${name}`,
  );
  const files = image.strings('Layers');
  const diffIds = config.rootfs.diff_ids;
  if (files.length !== diffIds.length) {
    const what = `manifest.json has ${files.length} layers, ${name} ${diffIds.length}`;
    throw new OciImageError(`the image is malformed: ${what}`, { location: { file: archive.file } });
  }
  const layers: ArchivedLayer[] = [];
  for (const [at, diffId] of diffIds.entries()) {
    layers.push(await archivedLayer(archive, files[at] ?? '', { diffId }));
  }
  return { platform: platformOf(config), config, layers };
}

/** The file of a config is called by its digest. */
function digestIn(name: string): Digest | undefined {
  const hex = /(?:^|\/)([0-9a-f]{64})(?:\.json)?$/.exec(name)?.[1];
  return hex === undefined ? undefined : `sha256:${hex}`;
}
