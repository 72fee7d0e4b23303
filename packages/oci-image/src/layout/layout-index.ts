import { blobPath } from '../blobs/digest';
import type { PlatformImage } from '../image';
import { canonicalJson } from './canonical-json';
import { fullImageName, tagOf } from './image-name';
import type { Descriptor } from './layout';
import type { StagedLayout } from './staged-layout';

const INDEX = 'application/vnd.oci.image.index.v1+json';

export interface WrittenImage {
  readonly summary: PlatformImage;
  readonly manifest: Descriptor;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}

/** Writes the files at the root of a layout, which lead to everything else in it. */
export async function writeLayoutIndex(
  layout: StagedLayout,
  images: readonly WrittenImage[],
  reference: string | undefined,
): Promise<void> {
  const manifests = images.map(inIndex);
  const [single] = manifests;
  const top =
    manifests.length === 1 && single
      ? single
      : await layout.addBytes(INDEX, canonicalJson({ schemaVersion: 2, mediaType: INDEX, manifests }));
  const named = reference === undefined ? top : { ...top, annotations: nameAnnotations(reference) };
  await layout.addFile('oci-layout', canonicalJson({ imageLayoutVersion: '1.0.0' }));
  await layout.addFile(
    'index.json',
    canonicalJson({ schemaVersion: 2, mediaType: INDEX, manifests: [named] }),
  );
  await layout.addFile(
    'manifest.json',
    canonicalJson(images.map((image) => dockerManifest(image, reference))),
  );
}

function inIndex({ manifest, summary }: WrittenImage): Descriptor {
  const [os = '', architecture = '', variant] = summary.platform.split('/');
  return { ...manifest, platform: { os, architecture, variant } };
}

/** The first is the specification's; the second is where containerd and Docker look for the whole name. */
function nameAnnotations(reference: string): Record<string, string> {
  return {
    'org.opencontainers.image.ref.name': tagOf(reference),
    'io.containerd.image.name': fullImageName(reference),
  };
}

/** What `docker load` reads where Docker keeps its images in the classic store. */
function dockerManifest({ config, layers }: WrittenImage, reference: string | undefined) {
  return {
    Config: blobPath(config.digest),
    RepoTags: reference === undefined ? [] : [reference],
    Layers: layers.map(({ digest }) => blobPath(digest)),
  };
}
