import type { Layout, LayoutImage } from '@go-docker/oci-image';
import { GoDockerError } from '../errors';
import type { ImageJson, PlatformImage } from '../images/image-json';
import { type AppFile, appFiles } from './app-files';
import { type FileBytes, sizesOf } from './image-sizes';
import type { MeasuredFile, MeasuredPlatform, MeasuredProgram, PlatformSizes } from './measured-image';

/** What one platform's image holds, before anything is held to a limit or compared. */
export interface ImageContents extends Pick<MeasuredPlatform, 'platform' | 'digest' | 'sizes' | 'layers'> {
  /** In the order of their paths. */
  readonly programs: readonly MeasuredProgram[];
  /** All files of the layers that the Dockerfile added, largest first. */
  readonly files: readonly MeasuredFile[];
}

/** Tells what a program is spent on: given the path of a copy of it. */
export type BreakDown = (program: string) => Promise<MeasuredProgram['breakdown']>;

/**
 * Measures an image, one platform after the other.
 *
 * @param layout Of the same image.
 * @throws GoDockerError where the two are of different images; OciImageError for a damaged layer; the signal's reason.
 */
export async function measureImage(
  image: ImageJson,
  layout: Layout,
  breakDown: BreakDown,
  signal: AbortSignal,
): Promise<readonly ImageContents[]> {
  const all: ImageContents[] = [];
  for (const [platformImage, inLayout] of pairs(image, layout)) {
    const found = await appFiles(layout, inLayout, breakDown, signal);
    const { platform, digest, layers } = platformImage;
    const sizes = sizesOf(platformImage, fileBytes(found));
    all.push({ platform, digest, layers, sizes, programs: programsOf(found), files: filesOf(found) });
  }
  return all;
}

/** As {@link measureImage}, the sizes alone, in the order of the image's platforms. */
export async function measureFiles(
  image: ImageJson,
  layout: Layout,
  signal: AbortSignal,
): Promise<readonly PlatformSizes[]> {
  const all: PlatformSizes[] = [];
  for (const [platformImage, inLayout] of pairs(image, layout)) {
    const found = await appFiles(layout, inLayout, () => Promise.resolve(undefined), signal);
    all.push(sizesOf(platformImage, fileBytes(found)));
  }
  return all;
}

function pairs(image: ImageJson, layout: Layout): readonly (readonly [PlatformImage, LayoutImage])[] {
  return image.images.map((platformImage) => {
    const inLayout = layout.images.find(({ platform }) => platform === platformImage.platform);
    if (!inLayout) throw otherImage(image, platformImage, layout);
    return [platformImage, inLayout] as const;
  });
}

type Found = readonly AppFile<MeasuredProgram['breakdown']>[];

function programsOf(found: Found): readonly MeasuredProgram[] {
  return found
    .flatMap(({ path, bytes, program, isHidden }) =>
      program && !isHidden ? [{ path, bytes, breakdown: program }] : [],
    )
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

function filesOf(found: Found): readonly MeasuredFile[] {
  return found
    .map(({ path, bytes, layer, isProgram, isHidden }) => ({ path, bytes, layer, isProgram, isHidden }))
    .sort((one, other) => other.bytes - one.bytes || (one.path < other.path ? -1 : 1));
}

/** Each file as often as a layer stores it. */
function fileBytes(files: readonly Pick<AppFile<unknown>, 'bytes' | 'isProgram'>[]): FileBytes {
  const sum = (isProgram: boolean) =>
    files.filter((file) => file.isProgram === isProgram).reduce((bytes, file) => bytes + file.bytes, 0);
  return { binaryBytes: sum(true), assetsBytes: sum(false) };
}

function otherImage(
  { project }: ImageJson,
  { platform }: PlatformImage,
  { directory }: Layout,
): GoDockerError {
  return new GoDockerError(
    `image.json tells of an image for ${platform}, and the layout beside it has none`,
    {
      location: { file: directory },
      advice: `build the image of ${project} again, with --skip-nx-cache`,
    },
  );
}
