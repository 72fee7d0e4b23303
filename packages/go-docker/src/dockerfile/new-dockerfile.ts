import { posix } from 'node:path';
import type { WorkspacePath } from '@go-docker/go-workspace';
import type { AppImage } from '../apps/app-image';
import { assertSafePath } from '../apps/safe-name';
import { GoDockerError } from '../errors';
import type { BlockOptions } from './block-keys';
import { dockerfileBlocks, renderTemplate } from './blocks';
import { cgoLinkOf, distrolessFor, type LinkOptions } from './c-library';
import { healthcheckLines } from './healthcheck';
import { runners, type ImageSettings, type Runner } from './image-settings';
import { parsePlatform } from './parse-platform';
import { type RootfsFiles, rootfsFilesIn, rootfsFolder } from './rootfs';

export type NewSettings = Partial<ImageSettings> & Pick<ImageSettings, 'runner'>;

/** What may take the place of what a new app gets. */
export interface DockerfileParts {
  /** The options of the blocks. */
  readonly options: BlockOptions & LinkOptions;
  /** The image that `runner` starts from. */
  readonly from: string;
  /** Where the shared files are copied from. */
  readonly rootfs: RootfsFiles;
}

/**
 * The text of a Dockerfile for an app that has none.
 *
 * @throws GoDockerError where a setting, a name or a path cannot stand in it.
 */
export function newDockerfile(
  image: AppImage,
  settings: NewSettings,
  parts: Partial<DockerfileParts> = {},
): string {
  assertSettings(settings);
  const { healthcheck, port, runner, stages = [], assets = [] } = settings;
  const { certificates, passwd, group } = parts.rootfs ?? rootfsFilesIn(rootfsFolder);
  return renderTemplate('Dockerfile', {
    file: image.dockerfile,
    blocks: dockerfileBlocks(image, parts.options ?? optionsOf(image, settings)),
    runner,
    from: parts.from ?? baseImageOf(image, settings),
    healthcheck: healthcheck === undefined ? [] : healthcheckLines(healthcheck, port),
    binaryName: image.binaryName,
    stages,
    dev: settings.dev ?? true,
    port,
    assets: assets.map((source) => ({ source, target: assetTarget(image, source) })),
    certificatesFile: certificates,
    passwdFile: passwd,
    groupFile: group,
  });
}

/** distroless has the zones as files; elsewhere they come with the Go release, the same ones for every engine. */
export function zoneTags(runner: Runner): readonly string[] {
  return runner === 'distroless' ? [] : ['timetzdata'];
}

function optionsOf(image: AppImage, settings: NewSettings): BlockOptions {
  return {
    depsCache: settings.depsCache ?? 'layer',
    goVersion: settings.goVersion,
    tags: zoneTags(settings.runner),
    platforms: settings.platforms,
    generated: image.generated,
    private: settings.private,
    auth: settings.auth,
    ca: settings.ca,
    upx: settings.upx,
    cgo: settings.cgo ? cgoLinkOf(settings.runner) : undefined,
    healthcheck: settings.healthcheck !== undefined,
  };
}

function baseImageOf(image: AppImage, { runner, cgo }: NewSettings): string {
  if (runner === 'distroless') {
    return cgo ? distrolessFor(image.closure) : 'gcr.io/distroless/static-debian13:nonroot';
  }
  return { scratch: 'scratch', alpine: 'alpine:3.22', debian: 'debian:trixie-slim' }[runner];
}

function assertSettings({ runner, port, assets, platforms }: Partial<ImageSettings>): void {
  if (!runners.some((known) => known === runner)) {
    throw new GoDockerError(`Unknown runner ${JSON.stringify(runner)}`, {
      advice: `Choose one of ${runners.join(', ')}.`,
    });
  }
  if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65535)) {
    throw new GoDockerError(`${port} is not a port`, { advice: 'Give a whole number from 1 to 65535.' });
  }
  platforms?.forEach((platform) => parsePlatform(platform));
  assets?.forEach((asset) => assertSafePath(asset, 'asset'));
  if (!assets?.includes('.')) return;
  throw new GoDockerError('The whole workspace cannot be an asset', {
    advice: 'Name the folders the program reads.',
  });
}

/** Below the working folder `/app` as below the project, so that a relative path means the same file in both. */
export function assetTarget({ app }: AppImage, source: WorkspacePath): string {
  const below = posix.relative(app.projectRoot, source);
  return below === '' || below.startsWith('..') ? source : below;
}
