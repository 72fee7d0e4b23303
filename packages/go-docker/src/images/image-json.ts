import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Digest, ImageLayer, PlatformImage } from '@go-docker/oci-image';
import { GoDockerError } from '../errors';

export type { Bytes, Digest, ImageLayer, PlatformImage } from '@go-docker/oci-image';

/** What an image is made of, as `image.json` beside the layout says it. No time, host or engine is in it. */
export interface ImageJson {
  /** Name of the Nx project. */
  readonly project: string;
  /** One entry for each platform, in the order they were asked for. */
  readonly images: readonly PlatformImage[];
}

const FILE_NAME = 'image.json';

/** Writes `image.json` into an image's folder. The same image gives the same bytes. */
export function writeImageJson(imageDirectory: string, image: ImageJson): void {
  writeFileSync(join(imageDirectory, FILE_NAME), `${JSON.stringify(image, undefined, 2)}\n`);
}

/**
 * Reads `image.json` from an image's folder.
 *
 * @param imagePath The folder as a person would type it, below the workspace root; it is named in errors.
 * @param imageTarget What builds the image, for the errors' advice.
 * @throws GoDockerError when no image is there, or when the file is not what the `image` target writes.
 */
export function readImageJson(
  workspaceRoot: string,
  imagePath: string,
  imageTarget = '<project>:image',
): ImageJson {
  const file = `${imagePath}/${FILE_NAME}`;
  const value = parse(
    readText(join(workspaceRoot, imagePath, FILE_NAME), imagePath, imageTarget),
    file,
    imageTarget,
  );
  if (!isImageJson(value)) throw notOurs(file, imageTarget);
  return value;
}

/**
 * As {@link readImageJson}, for who speaks of the image as that of a project.
 *
 * @throws GoDockerError, besides, when another project's image lies there: two may have been told to use one folder.
 */
export function readImageOf(
  project: string,
  workspaceRoot: string,
  imagePath: string,
  imageTarget?: string,
): ImageJson {
  const image = readImageJson(workspaceRoot, imagePath, imageTarget);
  if (image.project === project) return image;
  const what = `this is the image of ${JSON.stringify(image.project)}, not of ${JSON.stringify(project)}`;
  throw new GoDockerError(what, {
    location: { file: `${imagePath}/${FILE_NAME}` },
    advice: `give each project a folder of its own in the options "outputPath" and "imagePath", then build: nx run ${imageTarget ?? `${project}:image`}`,
  });
}

function readText(path: string, imagePath: string, imageTarget: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const advice = `run the image target first: nx run ${imageTarget}`;
    throw new GoDockerError(`there is no image in ${imagePath}`, { advice, cause });
  }
}

function parse(text: string, file: string, imageTarget: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw notOurs(file, imageTarget, cause);
  }
}

function notOurs(file: string, imageTarget: string, cause?: unknown): GoDockerError {
  return new GoDockerError('this is not the description of an image as the image target writes it', {
    location: { file },
    advice: `build the image again: nx run ${imageTarget} --skip-nx-cache`,
    cause,
  });
}

function isImageJson(value: unknown): value is ImageJson {
  return (
    isRecord(value) &&
    typeof value['project'] === 'string' &&
    isListOf(value['images'], isPlatformImage) &&
    isOneForEachPlatform(value['images'])
  );
}

/** None would be within every budget, and two for one platform would count twice. */
function isOneForEachPlatform(images: readonly PlatformImage[]): boolean {
  return images.length > 0 && new Set(images.map(({ platform }) => platform)).size === images.length;
}

function isPlatformImage(value: unknown): value is PlatformImage {
  return (
    isRecord(value) &&
    typeof value['platform'] === 'string' &&
    isDigest(value['digest']) &&
    hasSizes(value) &&
    isListOf(value['layers'], isImageLayer)
  );
}

function isImageLayer(value: unknown): value is ImageLayer {
  return (
    isRecord(value) &&
    isDigest(value['diffId']) &&
    isDigest(value['digest']) &&
    hasSizes(value) &&
    (value['origin'] === 'base' || value['origin'] === 'app')
  );
}

function hasSizes(value: Record<string, unknown>): boolean {
  return [value['unpackedBytes'], value['compressedBytes']].every(
    (bytes) => Number.isSafeInteger(bytes) && Number(bytes) >= 0,
  );
}

function isDigest(value: unknown): value is Digest {
  return typeof value === 'string' && /^sha256:[0-9a-f]{64}$/.test(value);
}

function isListOf<T>(value: unknown, isOne: (one: unknown) => one is T): value is T[] {
  return Array.isArray(value) && value.every(isOne);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
