import type { WorkspacePath } from '@go-docker/go-workspace';
import type { AppImage } from '../apps/app-image';
import { isAlpineBase } from '../dockerfile/base-packages';
import type { BlockOptions } from '../dockerfile/block-keys';
import { cgoLinkOf, type LinkOptions } from '../dockerfile/c-library';
import { newDockerignore } from '../dockerfile/image-files';
import type { Runner } from '../dockerfile/image-settings';
import { newDockerfile, zoneTags } from '../dockerfile/new-dockerfile';
import { type RootfsFiles, rootfsFilesIn, rootfsFolder, sharedFilesOf } from '../dockerfile/rootfs';
import { singleStageDockerfile } from '../dockerfile/single-stage';
import type { ComparedApp } from './compared-app';
import type { ComparedBase, Variant } from './variants';

/** A variant as files, none of which is one of the workspace's own. */
export interface VariantFiles {
  readonly dockerfile: WorkspacePath;
  /** Path → text: the Dockerfile, its ignore file and the shared files. */
  readonly texts: ReadonlyMap<WorkspacePath, string>;
}

/**
 * What is written to build a variant. With the app's own runner and a stripped program that is not packed, the image is the one that the app has,
 * if the workspace has the shared files of that runner.
 *
 * @param folder Where the files are to lie, below the workspace root.
 * @throws GoDockerError where the variant cannot be: UPX packs nothing for its platform.
 */
export function variantFiles(app: ComparedApp, variant: Variant, folder: WorkspacePath): VariantFiles {
  // Nx takes every file that is named Dockerfile for one of a project.
  const dockerfile = `${folder}/${variant.base}-${variant.program}.Dockerfile`;
  const options = optionsOf(app, variant);
  const image: AppImage = { ...app.imageFor(options.tags ?? []), dockerfile };
  const { base } = variant;
  const text =
    base === 'single-stage'
      ? singleStageDockerfile(image, app.runner, options)
      : newDockerfile(image, settingsOf(app, base, options), {
          options,
          from: app.runner.runner === base ? app.runner.from : undefined,
          rootfs: sharedPlaces(app, folder),
        });
  return {
    dockerfile,
    texts: new Map([
      [dockerfile, text],
      [`${dockerfile}.dockerignore`, newDockerignore(image, text, app.dockerignore)],
      ...(base === 'single-stage' ? [] : missingTexts(app, base, folder)),
    ]),
  };
}

function settingsOf({ runner }: ComparedApp, base: Runner, { cgo }: BlockOptions) {
  const { port, assets, healthcheck } = runner;
  return { runner: base, port, assets, healthcheck, cgo: cgo !== undefined, dev: false };
}

/** What the app's own blocks are made from, with what the variant is about in its place. */
function optionsOf(app: ComparedApp, { base, program }: Variant): BlockOptions & LinkOptions {
  const { options, runner } = app;
  const cgo = options.cgo && base !== 'single-stage' ? cgoLinkOf(base) : undefined;
  return {
    ...options,
    tags: tagsOn(base, app),
    cgo,
    // It is the digest of one image of golang, on Debian or on Alpine.
    digest: isAlpineBase({ cgo }) === isAlpineBase(options) ? options.digest : undefined,
    upx: program === 'upx',
    keepsSymbols: program === 'plain',
    healthcheck: runner.healthcheck !== undefined,
  };
}

/** A new runner says whether the program needs the zones; the app on its own may have them in the program, or do without. */
function tagsOn(base: ComparedBase, { isOurs, options, runner }: ComparedApp): readonly string[] {
  const tags = options.tags ?? [];
  if (isOurs && base === runner.runner) return tags;
  // The golang image has them as a file.
  const zones = base === 'single-stage' ? [] : zoneTags(base);
  return [...zones, ...tags.filter((tag) => !zoneTags('scratch').includes(tag))];
}

/** A shared file of the workspace is used where it lies: where from a file is copied stands in the history of an image, and so in its digest. */
function sharedPlaces({ shared }: ComparedApp, folder: WorkspacePath): RootfsFiles {
  const place = (path: WorkspacePath) => (shared.has(path) ? path : temporaryPlace(path, folder));
  const { certificates, passwd, group } = rootfsFilesIn(rootfsFolder);
  return { certificates: place(certificates), passwd: place(passwd), group: place(group) };
}

/** Those that the workspace lacks, and that an app on this base would be given. */
function missingTexts(
  { shared }: ComparedApp,
  base: Runner,
  folder: WorkspacePath,
): readonly (readonly [WorkspacePath, string])[] {
  return [...sharedFilesOf(base)]
    .filter(([path]) => !shared.has(path))
    .map(([path, text]) => [temporaryPlace(path, folder), text]);
}

function temporaryPlace(path: WorkspacePath, folder: WorkspacePath): WorkspacePath {
  return path.replace(rootfsFolder, `${folder}/rootfs`);
}
