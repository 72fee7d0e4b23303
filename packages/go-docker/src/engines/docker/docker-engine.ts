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
import { type Builder, findBuilder } from './builder';
import { dockerIn } from './docker';

/**
 * BuildKit compiles and assembles: any Dockerfile, nothing but Docker needed, whichever image store it has.
 *
 * @param selected The builder that buildx has selected, where it was asked for already.
 */
export function dockerEngine(selected?: Builder): Engine {
  const known = (): Builders => new Map(selected && [[undefined, Promise.resolve(selected)]]);
  return {
    name: 'docker',
    build: (plan, directory, signal) => build(plan, directory, signal, known()),
    together(count, signal, use) {
      const builders = known();
      return use(
        atOneTable<BakeOrder, boolean>(
          count,
          (seat, ...image) => build(...image, builders, seat),
          (orders) => bakeTogether(orders, signal),
        ),
      );
    },
  };
}

/** By the name that a build gives them. */
type Builders = Map<string | undefined, Promise<Builder>>;

async function build(
  plan: ImagePlan,
  directory: string,
  signal: AbortSignal,
  builders: Builders,
  bake?: BakeSeat,
): Promise<readonly PlatformImage[]> {
  const docker = dockerIn(plan.workspaceRoot, signal);
  const asked = builders.get(plan.builder) ?? findBuilder(docker, plan.builder);
  builders.set(plan.builder, asked);
  const builder = await asked;
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
