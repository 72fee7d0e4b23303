import { join } from 'node:path';
import {
  BUILD_EPOCH,
  type ImageArchive,
  type LayoutSummary,
  OciImageError,
  writeLayout,
} from '@go-docker/oci-image';
import { GoDockerError } from '../errors';
import { cacheFolder } from './cache-folder';
import type { ImagePlan } from './engine';

/**
 * Writes what an engine made as the layout `directory`/oci, in the one form that makes all engines and image stores agree: base layers are
 * compressed anew too, because the classic store does not keep them as the registry sent them.
 *
 * @param files What errors of the archives name as their place. They are gone when a person reads it, or no archives: what can be looked at
 * is the Dockerfile.
 * @throws GoDockerError for what is wrong with the archives; OciImageError for the layout.
 */
export async function writeImage(
  { dockerfile, target, noCache }: ImagePlan,
  directory: string,
  files: readonly string[],
  archives: readonly ImageArchive[] | Promise<readonly ImageArchive[]>,
  signal: AbortSignal,
): Promise<LayoutSummary> {
  try {
    const layerCache = noCache ? undefined : cacheFolder('layers');
    const options = { buildEpoch: BUILD_EPOCH, baseLayers: 'recompressed', layerCache, signal } as const;
    return await writeLayout(join(directory, 'oci'), await archives, options);
  } catch (error) {
    if (!(error instanceof OciImageError) || !files.some((file) => file === error.location?.file))
      throw error;
    throw new GoDockerError(`stage "${target}": ${error.what}`, {
      location: { file: dockerfile },
      advice: error.advice,
      cause: error,
    });
  }
}
