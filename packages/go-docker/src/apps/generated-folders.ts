import { posix } from 'node:path';
import { type FileSystem, isWithin, type WorkspacePath } from '@go-docker/go-workspace';
import type { AppImage } from './app-image';
import { ignoredFiles } from './ignored-files';

/**
 * The folders of an image's files that another target makes, as far as the workspace shows it: packages that are not there yet, and
 * folders with files that Git ignores.
 *
 * @param assets What the image holds besides its program.
 */
export function generatedFolders(
  files: FileSystem,
  image: AppImage,
  assets: readonly WorkspacePath[],
): readonly WorkspacePath[] {
  const missing = image.closure.missing.map(({ dir }) => dir);
  const ignored = ignoredOf(files, image, assets).map((path) => folderOf(image, assets, path));
  const folders = [...new Set([...image.generated, ...missing, ...ignored])].sort();
  return folders.filter((folder) => !folders.some((other) => other !== folder && isWithin(other, folder)));
}

/** Files of an image that Git ignores, so that Nx does not see them change, and that no target is known to make. Sorted. */
export function unseenFiles(
  files: FileSystem,
  image: AppImage,
  assets: readonly WorkspacePath[],
): readonly WorkspacePath[] {
  return ignoredOf(files, image, assets).filter(
    (path) => !image.generated.some((folder) => isWithin(folder, path)),
  );
}

function ignoredOf(
  files: FileSystem,
  { closure }: AppImage,
  assets: readonly WorkspacePath[],
): readonly WorkspacePath[] {
  const isIgnored = ignoredFiles(files);
  const folders = assets.filter((path) => files.readFile(path) === undefined);
  return [...closure.files, ...assets]
    .filter((path) => isIgnored(path) || (folders.includes(path) && isIgnored(`${path}/`)))
    .sort();
}

/** A folder that is embedded or copied whole stands for its files. */
function folderOf(
  { embeddedFolders }: AppImage,
  assets: readonly WorkspacePath[],
  path: WorkspacePath,
): WorkspacePath {
  const whole = [...embeddedFolders, ...assets].find((folder) => isWithin(folder, path));
  return whole ?? posix.dirname(path);
}
