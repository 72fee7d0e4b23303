import { join } from 'node:path';
import { BUILD_EPOCH, packImage, readLayout, writeLayout, type ArchivedImage } from '@go-docker/oci-image';
import { GoDockerError } from '../../errors';
import type { Build, ReplacedStages } from '../docker/build';
import { loadImage } from '../docker/load-image';
import { withTemporaryTag } from '../docker/temporary-tag';
import { emptyImage } from '../native/config/stage-image';

/** What was made on this machine in place of a stage, for one platform of the image. */
export interface CompiledStage {
  readonly image: ArchivedImage;
  /** The platform that BuildKit asks this stage for: its own `--platform`, or that of the image. */
  readonly asked: string;
}

/**
 * Hands BuildKit the files of a stage as an image, with their modes and owners, which a folder as context would lose: an OCI layout, or, where
 * Docker's classic image store does not know these, an image of the daemon that is gone afterwards. Each build gets the image of its own platform
 * alone: BuildKit asks for that of the stage, which need not be that of the image.
 *
 * @param compiled By the platform of the image.
 * @param work A folder of this build.
 */
export function replacing(
  stage: string,
  compiled: ReadonlyMap<string, CompiledStage>,
  { plan, builder, docker }: Build,
  work: string,
  signal: AbortSignal,
): ReplacedStages {
  return async (platform, use) => {
    const made = compiled.get(platform);
    if (!made) throw new Error(`nothing was compiled for ${platform}`);
    const directory = join(work, `${stage}-${platform.replaceAll('/', '-')}`);
    const archive = { file: plan.dockerfile, images: [labelled(made)] };
    await writeLayout(directory, [archive], {
      buildEpoch: BUILD_EPOCH,
      reference: `${stage}:${TAG}`,
      signal,
    });
    if (builder.exports === 'archive') return use({ [stage]: `oci-layout://${directory}:${TAG}` });
    const layout = await readLayout(directory);
    return withTemporaryTag(plan.workspaceRoot, async (tag) => {
      for (const image of layout.images) await loadImage(docker, packImage(layout, image), [tag]);
      return use({ [stage]: `docker-image://${tag}` });
    });
  };
}

const TAG = 'compiled';

/** The daemon takes an image of its own only where it is of the platform that is asked for. */
function labelled({ image, asked }: CompiledStage): ArchivedImage {
  const { os, architecture, variant } = emptyImage(asked);
  return { ...image, platform: asked, config: { ...image.config, os, architecture, variant } };
}

/**
 * @throws GoDockerError, before anything is compiled, where BuildKit would look for the image of the stage in a registry: with the classic image
 * store, `pull` is for each image that has a name.
 */
export function assertReplaceable({ plan, builder }: Build): void {
  if (builder.exports === 'archive' || !plan.pull) return;
  throw new GoDockerError(
    'the engine "hybrid" cannot ask for newer base images with Docker’s classic image store, where BuildKit would ask for the stage that it compiles as well',
    {
      advice:
        'build without "pull", after a `docker pull` of the base images; or turn on the containerd image store (https://docs.docker.com/engine/storage/containerd/)',
    },
  );
}
