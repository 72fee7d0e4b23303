import { posix } from 'node:path';
import type { WorkspacePath } from '@go-docker/go-workspace';
import type { AppImage } from '../apps/app-image';
import { isAtLeast } from '../apps/go-version';
import { assertSafePath } from '../apps/safe-name';
import { GoDockerError } from '../errors';
import { withStages } from './add-stages';
import { blockNames, type BlockOptions } from './block-keys';
import { dockerfileBlocks, renderTemplate } from './blocks';
import { isAlpineBase } from './base-packages';
import { cgoLinkOf, cgoLinkOn, distrolessFor } from './c-library';
import { contextBlock } from './context';
import { healthcheckLines } from './healthcheck';
import { runners, type CgoLink, type ExistingFiles, type ImageSettings } from './image-settings';
import { isOurs, managedBlocks, replaceBlocks } from '../managed-block/managed-block';
import { readDockerfile } from './read-dockerfile';
import { parsePlatform } from './parse-platform';
import { recordedOptions } from './recorded-options';
import { certificatesFile, groupFile, passwdFile, sharedFilesOf } from './rootfs';

/**
 * The files of an image: for a new app whole ones, and of existing ones what they become when their managed blocks are renewed. All
 * other lines stay as they are, and a Dockerfile without managed blocks stays as it is with its ignore file.
 *
 * @param settings Of an existing Dockerfile only what the keys of its blocks record changes something, and `stages` adds those that are
 * missing; what is not given is taken from them.
 * @returns Path → text of the Dockerfile, its ignore file and the shared files that are missing.
 * @throws GoDockerError where a setting, a name or a path cannot stand in these files, or an existing file cannot be read.
 */
export function imageFiles(
  image: AppImage,
  existing: ExistingFiles,
  settings: Partial<ImageSettings>,
): ReadonlyMap<WorkspacePath, string> {
  const files = filePaths(image);
  if (existing.dockerfile === undefined) return newFiles(image, existing, settings);
  if (!isOurs(existing.dockerfile)) {
    return definedEntries([
      [files.dockerfile, existing.dockerfile],
      [files.dockerignore, existing.dockerignore],
    ]);
  }
  const dockerfile = renewedDockerfile(image, existing.dockerfile, settings);
  return definedEntries([
    [files.dockerfile, dockerfile],
    [files.dockerignore, renewedDockerignore(image, dockerfile, existing.dockerignore)],
  ]);
}

/** Where the files of an image lie. */
export function filePaths({ dockerfile }: AppImage): {
  dockerfile: WorkspacePath;
  dockerignore: WorkspacePath;
} {
  return { dockerfile, dockerignore: `${dockerfile}.dockerignore` };
}

/** The options of the blocks of an existing Dockerfile. */
export function blockOptions(
  image: AppImage,
  text: string,
  settings: Partial<ImageSettings> = {},
): BlockOptions {
  const { dockerfile } = filePaths(image);
  const recorded = recordedOptions(text, dockerfile);
  const goVersion = settings.goVersion ?? releaseInUse(recorded.goVersion, image.goVersion);
  // The other blocks must not be made from what no block remembers: they would be stale the next time.
  const names = managedBlocks(text, dockerfile).map(({ name }) => name);
  const [recordsAccess, recordsBuild] = [names.includes('deps'), names.includes('builder')];
  const chosen = settings.cgo === undefined ? recorded.cgo : cgoOf(image, text, settings.cgo);
  const cgo = recordsBuild ? chosen : undefined;
  const isSameBase =
    goVersion === recorded.goVersion && isAlpineBase({ cgo }) === isAlpineBase({ cgo: recorded.cgo });
  return {
    ...recorded,
    depsCache: settings.depsCache ?? recorded.depsCache ?? 'layer',
    goVersion,
    // It is the digest of one release's image.
    digest: isSameBase ? recorded.digest : undefined,
    platforms: settings.platforms ?? recorded.platforms,
    generated: image.generated,
    ...(recordsAccess && {
      private: settings.private ?? recorded.private,
      auth: settings.auth ?? recorded.auth,
      ca: settings.ca ?? recorded.ca,
    }),
    ...(recordsBuild && {
      cgo,
      upx: settings.upx ?? recorded.upx,
      healthcheck: settings.healthcheck !== undefined || recorded.healthcheck,
    }),
  };
}

/** The recorded release, until the workspace asks for a later one, which it could not be built with. */
function releaseInUse(recorded: string | undefined, asked: string | undefined): string | undefined {
  if (recorded === undefined || asked === undefined) return recorded;
  return isAtLeast(recorded, asked) ? recorded : undefined;
}

function cgoOf(image: AppImage, text: string, cgo: boolean): CgoLink | undefined {
  const { dockerfile } = filePaths(image);
  return cgo ? cgoLinkOn(readDockerfile(text, dockerfile), dockerfile, image.closure) : undefined;
}

function newFiles(
  image: AppImage,
  existing: ExistingFiles,
  settings: Partial<ImageSettings>,
): ReadonlyMap<WorkspacePath, string> {
  const files = filePaths(image);
  const runner = settings.runner ?? 'distroless';
  const dockerfile = newDockerfile(image, { ...settings, runner });
  const result = new Map([
    [files.dockerfile, dockerfile],
    [files.dockerignore, newDockerignore(image, dockerfile, existing.dockerignore)],
  ]);
  for (const [path, text] of sharedFilesOf(runner)) {
    if (!existing.shared?.includes(path)) result.set(path, text);
  }
  return result;
}

function newDockerfile(
  image: AppImage,
  settings: Partial<ImageSettings> & Pick<ImageSettings, 'runner'>,
): string {
  assertSettings(settings);
  return renderTemplate('Dockerfile', {
    file: filePaths(image).dockerfile,
    blocks: dockerfileBlocks(image, {
      depsCache: settings.depsCache ?? 'layer',
      goVersion: settings.goVersion,
      // distroless has the zones as files; elsewhere they come with the Go release, the same ones for every engine.
      tags: settings.runner === 'distroless' ? [] : ['timetzdata'],
      platforms: settings.platforms,
      generated: image.generated,
      private: settings.private,
      auth: settings.auth,
      ca: settings.ca,
      upx: settings.upx,
      cgo: settings.cgo ? cgoLinkOf(settings.runner) : undefined,
      healthcheck: settings.healthcheck !== undefined,
    }),
    runner: settings.runner,
    distroless: settings.cgo ? distrolessFor(image.closure) : 'gcr.io/distroless/static-debian13:nonroot',
    healthcheck:
      settings.healthcheck === undefined ? [] : healthcheckLines(settings.healthcheck, settings.port),
    binaryName: image.binaryName,
    stages: settings.stages ?? [],
    dev: settings.dev ?? true,
    port: settings.port,
    assets: (settings.assets ?? []).map((source) => ({ source, target: assetTarget(image, source) })),
    certificatesFile,
    passwdFile,
    groupFile,
  });
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
function assetTarget({ app }: AppImage, source: WorkspacePath): string {
  const below = posix.relative(app.projectRoot, source);
  return below === '' || below.startsWith('..') ? source : below;
}

function newDockerignore(image: AppImage, dockerfile: string, existing: string | undefined): string {
  const files = filePaths(image);
  if (existing !== undefined && isOurs(existing))
    return renewedDockerignore(image, dockerfile, existing) ?? existing;
  const context = contextBlock(image, readDockerfile(dockerfile, files.dockerfile).contextSources);
  const text = renderTemplate('Dockerfile.dockerignore', { file: files.dockerfile, context });
  return existing === undefined ? text : `${text}\n${existing}`;
}

function renewedDockerfile(image: AppImage, text: string, settings: Partial<ImageSettings>): string {
  const blocks = dockerfileBlocks(image, blockOptions(image, text, settings));
  const contents = new Map(blockNames.map((name) => [name, blocks[name].trimEnd().split('\n')]));
  const { dockerfile } = filePaths(image);
  return withStages(replaceBlocks(text, dockerfile, contents), dockerfile, settings.stages ?? [], blocks);
}

function renewedDockerignore(
  image: AppImage,
  dockerfile: string,
  existing: string | undefined,
): string | undefined {
  if (existing === undefined) return newDockerignore(image, dockerfile, undefined);
  const files = filePaths(image);
  const context = contextBlock(image, readDockerfile(dockerfile, files.dockerfile).contextSources);
  return replaceBlocks(existing, files.dockerignore, new Map([['context', context.trimEnd().split('\n')]]));
}

function definedEntries(
  entries: readonly (readonly [WorkspacePath, string | undefined])[],
): ReadonlyMap<WorkspacePath, string> {
  return new Map(entries.flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const])));
}
