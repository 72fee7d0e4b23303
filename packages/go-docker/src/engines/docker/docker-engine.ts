import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { BUILD_EPOCH, openArchive, writeLayout } from '@go-docker/oci-image';
import { GoDockerError } from '../../errors';
import type { PlatformImage } from '../../images/image-json';
import type { Engine } from '../engine';
import { buildArchives } from './build-archives';
import { findBuilder } from './builder';
import { dockerIn } from './docker';

/** BuildKit compiles and assembles: any Dockerfile, nothing but Docker needed, whichever image store it has. */
export const dockerEngine: Engine = {
  name: 'docker',
  async build(plan, directory, signal) {
    const docker = dockerIn(plan.workspaceRoot, signal);
    const builder = await findBuilder(docker, plan.builder);
    const archives = await buildArchives({ plan, directory, builder, docker });
    const images = await interruptible(layoutOf(archives, join(directory, 'oci')), signal);
    for (const archive of archives) rmSync(archive);
    return inOrder(images, plan.platforms);
  },
};

async function layoutOf(archives: readonly string[], directory: string): Promise<readonly PlatformImage[]> {
  const opened = await Promise.all(archives.map(openArchive));
  // Base layers are compressed anew too: the classic image store does not keep them as the registry sent them, and the digest
  // must not depend on the store.
  return writeLayout(directory, opened, { buildEpoch: BUILD_EPOCH, baseLayers: 'recompressed' });
}

/** Work that takes no signal is not waited for: the process ends as soon as its folder is removed. */
function interruptible<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const interrupt = () => reject(signal.reason);
    signal.addEventListener('abort', interrupt, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', interrupt));
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
