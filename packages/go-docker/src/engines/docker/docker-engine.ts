import { rmSync } from 'node:fs';
import { openArchive } from '@go-docker/oci-image';
import { GoDockerError } from '../../errors';
import type { PlatformImage } from '../../images/image-json';
import { atOneTable } from '../at-one-table';
import type { Engine, ImagePlan } from '../engine';
import { writeImage } from '../write-image';
import { assertNative } from './assert-native';
import { bakeTogether } from './bake';
import type { BakeOrder, BakeSeat, Build } from './build';
import { buildArchives } from './build-archives';
import { findBuilder } from './builder';
import { dockerIn } from './docker';

/** BuildKit compiles and assembles: any Dockerfile, nothing but Docker needed, whichever image store it has. */
export const dockerEngine: Engine = {
  name: 'docker',
  build: (plan, directory, signal) => build(plan, directory, signal),
  together: (count, signal, use) =>
    use(
      atOneTable<BakeOrder, boolean>(
        count,
        (seat, ...image) => build(...image, seat),
        (orders) => bakeTogether(orders, signal),
      ),
    ),
};

async function build(
  plan: ImagePlan,
  directory: string,
  signal: AbortSignal,
  bake?: BakeSeat,
): Promise<readonly PlatformImage[]> {
  const docker = dockerIn(plan.workspaceRoot, signal);
  const builder = await findBuilder(docker, plan.builder);
  assertNative(plan, builder);
  return buildImages({ plan, directory, builder, docker, bake }, signal);
}

/**
 * Has BuildKit build an image, and writes it as a layout.
 *
 * @returns What the layout holds, in the order of the plan's platforms.
 * @throws GoDockerError that says why the build failed.
 */
export async function buildImages(build: Build, signal: AbortSignal): Promise<readonly PlatformImage[]> {
  const { plan, directory } = build;
  const archives = await buildArchives(build);
  const opened = Promise.all(archives.map((archive) => openArchive(archive)));
  const images = await writeImage(plan, directory, archives, opened, signal);
  for (const archive of archives) rmSync(archive);
  return inOrder(images, plan.platforms);
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
