import { availableParallelism } from 'node:os';
import { OciImageError } from '../errors';
import type { ArchivedImage, ArchivedLayer, ImageArchive, LayoutSummary, PlatformImage } from '../image';
import { platformOf } from '../image-config';
import { inParallel, stoppable } from '../in-parallel';
import { canonicalJson } from './canonical-json';
import type { Descriptor } from './layout';
import { type WrittenImage, writeLayoutIndex } from './layout-index';
import type { LayoutOptions } from './layout-options';
import { normalizeConfig } from './normal-config';
import { layerOrigins } from './layer-origins';
import { StagedLayout } from './staged-layout';
import { writeLayer, type WrittenLayer } from './write-layer';

/**
 * Writes images as one OCI layout, in the one form that does not tell who built them, where and when: two archives of
 * the same build give the same bytes.
 * @param directory Where the layout goes. It must not exist, and appears whole or not at all.
 * @param archives One or more platforms; the layout has them in this order.
 * @returns Digests and sizes of each platform's image.
 * @throws OciImageError where an archive is not what its digests say, or the disk does not take the layout.
 */
export async function writeLayout(
  directory: string,
  archives: readonly ImageArchive[],
  options: LayoutOptions,
): Promise<LayoutSummary> {
  refuseDoubles(archives);
  const layout = await StagedLayout.create(directory);
  try {
    const layers = await writeLayers(layout, archives, options);
    const images: WrittenImage[] = [];
    for (const { images: archived } of archives) {
      for (const image of archived) images.push(await writeImage(layout, image, layers, options));
    }
    await writeLayoutIndex(layout, images, options.reference);
    options.signal?.throwIfAborted();
    await layout.publish();
    return images.map(({ summary }) => summary);
  } catch (error) {
    await layout.discard();
    throw layout.explain(error, options.signal);
  }
}

function refuseDoubles(archives: readonly ImageArchive[]): void {
  const seen = new Map<string, string>();
  for (const { file, images } of archives) {
    for (const { platform } of images) {
      const other = seen.get(platform);
      if (other !== undefined) {
        throw new OciImageError(`two images are for ${platform}; the other is in ${other}`, {
          location: { file },
        });
      }
      seen.set(platform, file);
    }
  }
  if (seen.size === 0) throw new OciImageError('there is no image to write');
}

/** Writes the layers of all images, as many at once as the machine has cores: compressing is most of the work. */
async function writeLayers(
  layout: StagedLayout,
  archives: readonly ImageArchive[],
  options: LayoutOptions,
): Promise<ReadonlyMap<ArchivedLayer, WrittenLayer>> {
  const orders = archives.flatMap(({ file, images }) =>
    images.flatMap((image) => {
      const origins = layerOrigins(image.config, options.buildEpoch, file);
      return image.layers.map((layer, at) => {
        const where = `${file}: layer ${at + 1} (${layer.diffId})`;
        return { layer, where, origin: origins[at] ?? 'base' };
      });
    }),
  );
  const written = new Map<ArchivedLayer, WrittenLayer>();
  await stoppable(options.signal, (stop) =>
    inParallel(orders, availableParallelism(), stop, async ({ layer, ...order }) => {
      written.set(layer, await writeLayer(layout, layer, { ...order, ...options, signal: stop.signal }));
    }),
  );
  return written;
}

async function writeImage(
  layout: StagedLayout,
  image: ArchivedImage,
  writtenLayers: ReadonlyMap<ArchivedLayer, WrittenLayer>,
  options: LayoutOptions,
): Promise<WrittenImage> {
  const written = image.layers.flatMap((layer) => writtenLayers.get(layer) ?? []);
  const layers = written.map(({ descriptor }) => descriptor);
  const normal = normalizeConfig(
    image.config,
    options.buildEpoch,
    written.map(({ layer }) => layer.diffId),
  );
  const config = await layout.addBytes('application/vnd.oci.image.config.v1+json', canonicalJson(normal));
  const manifest = await layout.addBytes(
    'application/vnd.oci.image.manifest.v1+json',
    canonicalJson({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config,
      layers,
    }),
  );
  return { manifest, config, layers, summary: summarize(image, manifest, written) };
}

function summarize(
  image: ArchivedImage,
  manifest: Descriptor,
  written: readonly WrittenLayer[],
): PlatformImage {
  const layers = written.map(({ layer }) => layer);
  return {
    platform: platformOf(image.config),
    digest: manifest.digest,
    unpackedBytes: layers.reduce((sum, { unpackedBytes }) => sum + unpackedBytes, 0),
    compressedBytes: layers.reduce((sum, { compressedBytes }) => sum + compressedBytes, 0),
    layers,
  };
}
