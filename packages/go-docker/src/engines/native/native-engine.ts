import { join } from 'node:path';
import { BUILD_EPOCH, OciImageError, writeLayout, type ArchivedImage } from '@go-docker/oci-image';
import { GoDockerError } from '../../errors';
import type { PlatformImage } from '../../images/image-json';
import type { Engine, ImagePlan } from '../engine';
import { buildImage, type ImageBuild } from './build-image';
import { type BasesOf, hostBuilds } from './host-build';
import { withWorkFolder } from './work-folder';

/** The Go of this machine compiles, and we assemble: no daemon is needed, and nothing but `go` is started. */
export function nativeEngine(basesOf?: BasesOf): Engine {
  return {
    name: 'native',
    build: (plan, directory, signal) =>
      withWorkFolder((work) => buildIn(directory, plan, hostBuilds(work, plan, signal, basesOf), signal)),
  };
}

async function buildIn(
  directory: string,
  plan: ImagePlan,
  builds: readonly ImageBuild[],
  signal: AbortSignal,
): Promise<readonly PlatformImage[]> {
  const images: ArchivedImage[] = [];
  for (const build of builds) images.push(await buildImage(build));
  try {
    // Base layers are compressed anew, as the docker engine does: both give one digest.
    const options = { buildEpoch: BUILD_EPOCH, baseLayers: 'recompressed', signal } as const;
    return await writeLayout(join(directory, 'oci'), [{ file: plan.dockerfile, images }], options);
  } catch (error) {
    throw readable(error, plan);
  }
}

/** An image that nothing was added to, for example: what a person can look at is the Dockerfile. */
function readable(error: unknown, { dockerfile, target }: ImagePlan): unknown {
  if (!(error instanceof OciImageError) || error.location?.file !== dockerfile) return error;
  return new GoDockerError(`stage "${target}": ${error.what}`, {
    location: { file: dockerfile },
    advice: error.advice,
    cause: error,
  });
}
