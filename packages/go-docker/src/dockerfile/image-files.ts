import type { WorkspacePath } from '@go-docker/go-workspace';
import type { AppImage } from '../apps/app-image';
import { isAtLeast } from '../apps/go-version';
import { withStages } from './add-stages';
import { blockNames, type BlockOptions } from './block-keys';
import { dockerfileBlocks, renderTemplate } from './blocks';
import { isAlpineBase } from './base-packages';
import { cgoLinkOn } from './c-library';
import { contextBlock } from './context';
import type { CgoLink, ExistingFiles, ImageSettings } from './image-settings';
import { isOurs, managedBlocks, replaceBlocks } from '../managed-block/managed-block';
import { newDockerfile } from './new-dockerfile';
import { readDockerfile } from './read-dockerfile';
import { recordedOptions } from './recorded-options';
import { sharedFilesOf } from './rootfs';

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

/**
 * The ignore file of a Dockerfile: a new one, or the existing one with its block renewed, where it has one; otherwise its lines follow the block.
 */
export function newDockerignore(image: AppImage, dockerfile: string, existing: string | undefined): string {
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
