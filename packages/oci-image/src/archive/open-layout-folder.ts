import { createReadStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { OciImageError } from '../errors';
import type { ImageArchive } from '../image';
import { readOciImages } from './oci-archive';
import type { TarIndex } from './tar-index';

/**
 * Reads an OCI image layout that any tool has written into a folder. Layers are read and held to their digests when something opens
 * them; everything else is held to its digest here.
 * @param name The digest or the tag of one of its images; undefined: all of them.
 * @throws OciImageError for a folder that is no layout, is not whole, or holds no image of that name.
 */
export async function openLayoutFolder(directory: string, name?: string): Promise<ImageArchive> {
  const images = await readOciImages(folder(directory), { name });
  if (images.length > 0) return { file: directory, images };
  const what =
    name === undefined ? 'the image layout holds no image' : `the image layout has no image '${name}'`;
  throw new OciImageError(what, { location: { file: join(directory, 'index.json') } });
}

function folder(directory: string): TarIndex {
  return {
    file: directory,
    find(name) {
      const path = join(directory, name);
      const stats = statSync(path, { throwIfNoEntry: false });
      if (!stats?.isFile()) return undefined;
      // `end` is the first byte that is not read; the option of the stream is the last one that is.
      const open = (end?: number) => createReadStream(path, end === undefined ? {} : { end: end - 1 });
      return { name, size: stats.size, open };
    },
  };
}
