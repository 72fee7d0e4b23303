import type { ArchivedImage, ImageArchive } from '../image';
import { OciImageError } from '../errors';
import { readDockerImages } from './docker-archive';
import { readOciImages } from './oci-archive';
import { indexTar } from './tar-index';

export interface ArchiveOptions {
  /** Passes over images that are listed and not there: an image store may hold one platform of many. Default false. */
  readonly partial?: boolean;
}

/**
 * Reads a tar that BuildKit's `type=oci` exporter or `docker save` wrote. Layers stay where they are, and are read and
 * held to their digests when something opens them; everything else is held to its digest here.
 * @throws OciImageError for a file that is no such archive, is damaged or cut off, or does not have its digests.
 */
export async function openArchive(
  file: string,
  { partial = false }: ArchiveOptions = {},
): Promise<ImageArchive> {
  const index = await indexTar(file);
  const images = await readImages();
  if (images.length === 0) throw new OciImageError('the archive holds no image', { location: { file } });
  return { file, images };

  async function readImages(): Promise<readonly ArchivedImage[]> {
    // Docker 25 and later write both forms; only the OCI one names the digests of the layers' blobs.
    if (index.find('index.json')) return readOciImages(index, { partial });
    if (index.find('manifest.json')) return readDockerImages(index);
    throw new OciImageError('this is no image archive: it has neither index.json nor manifest.json', {
      location: { file },
      advice: 'make it with `docker buildx build --output type=oci` or `docker save`',
    });
  }
}
