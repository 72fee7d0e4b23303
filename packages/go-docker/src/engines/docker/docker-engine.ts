import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { BUILD_EPOCH, OciImageError, openArchive, writeLayout } from '@go-docker/oci-image';
import { GoDockerError } from '../../errors';
import type { PlatformImage } from '../../images/image-json';
import type { Engine, ImagePlan } from '../engine';
import { assertNative } from './assert-native';
import { buildArchives } from './build-archives';
import { findBuilder } from './builder';
import { dockerIn } from './docker';

/** BuildKit compiles and assembles: any Dockerfile, nothing but Docker needed, whichever image store it has. */
export const dockerEngine: Engine = {
  name: 'docker',
  async build(plan, directory, signal) {
    const docker = dockerIn(plan.workspaceRoot, signal);
    const builder = await findBuilder(docker, plan.builder);
    assertNative(plan, builder);
    const archives = await buildArchives({ plan, directory, builder, docker });
    const images = await layoutOf(archives, join(directory, 'oci'), signal).catch((error: unknown) => {
      throw readable(error, archives, plan);
    });
    for (const archive of archives) rmSync(archive);
    return inOrder(images, plan.platforms);
  },
};

async function layoutOf(
  archives: readonly string[],
  directory: string,
  signal: AbortSignal,
): Promise<readonly PlatformImage[]> {
  const opened = await Promise.all(archives.map((archive) => openArchive(archive)));
  // Base layers are compressed anew too: the classic image store does not keep them as the registry sent them, and the digest
  // must not depend on the store.
  return writeLayout(directory, opened, { buildEpoch: BUILD_EPOCH, baseLayers: 'recompressed', signal });
}

/** The archive is gone when a person reads the error: what can be looked at is the Dockerfile that it was built from. */
function readable(error: unknown, archives: readonly string[], { dockerfile, target }: ImagePlan): unknown {
  if (!(error instanceof OciImageError) || !archives.some((archive) => archive === error.location?.file))
    return error;
  return new GoDockerError(`stage "${target}": ${error.what}`, {
    location: { file: dockerfile },
    advice: error.advice,
    cause: error,
  });
}

function inOrder(images: readonly PlatformImage[], platforms: readonly string[]): readonly PlatformImage[] {
  return platforms.map((platform) => {
    const image = images.find((one) => one.platform === platform);
    if (image) return image;
    const made = images.map((one) => one.platform).join(', ');
    throw new GoDockerError(`BuildKit was asked for an image for ${platform} and made one for ${made}`, {
      advice: `a FROM line of the Dockerfile names a --platform of its own, or a base image is there for ${made} only`,
    });
  });
}
