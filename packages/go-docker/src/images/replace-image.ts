import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { GoDockerError } from '../errors';
import { asDiskFailure, isSystemError } from './disk-failure';
import { isRunning } from './is-running';

/**
 * Makes an image's folder anew, in whole: `write` fills a folder beside it, which then takes its place. Whatever fails, the
 * previous image stays as it was; what a killed process left behind is swept, or put back where it had just been moved away.
 *
 * @param imageDirectory Absolute path. Only a folder that holds nothing but an image is ever replaced.
 * @throws GoDockerError when the disk is full or the folder cannot be written; what `write` throws.
 */
export async function replaceImage<T>(
  imageDirectory: string,
  write: (directory: string) => Promise<T>,
): Promise<T> {
  const temporary = besideOf(imageDirectory, 'tmp');
  const remove = () => removeTree(temporary);
  process.once('exit', remove);
  try {
    sweepLeftovers(imageDirectory);
    assertReplaceable(imageDirectory);
    mkdirSync(temporary, { recursive: true });
    const result = await write(temporary);
    swap(temporary, imageDirectory);
    return result;
  } catch (error) {
    throw asDiskFailure(error, imageDirectory);
  } finally {
    process.removeListener('exit', remove);
    remove();
  }
}

/** A folder's name says whose it is, so that others know when it has been left behind. */
function besideOf(imageDirectory: string, kind: 'tmp' | 'old'): string {
  const name = `.${basename(imageDirectory)}.${process.pid}.${randomBytes(4).toString('hex')}.${kind}`;
  return join(dirname(imageDirectory), name);
}

function sweepLeftovers(imageDirectory: string): void {
  const parent = dirname(imageDirectory);
  const prefix = `.${basename(imageDirectory)}.`;
  for (const name of namesIn(parent)) {
    if (!name.startsWith(prefix)) continue;
    const [, pid, kind] = /^(\d+)\.[0-9a-f]{8}\.(tmp|old)$/.exec(name.slice(prefix.length)) ?? [];
    if (kind === undefined || isRunning(Number(pid))) continue;
    // Killed between the two renames of `swap`: this is the previous image, and nothing stands in its place.
    if (kind === 'old') moveIfPossible(join(parent, name), imageDirectory);
    removeTree(join(parent, name));
  }
}

function assertReplaceable(imageDirectory: string): void {
  const other = namesIn(imageDirectory).find((name) => !['oci', 'image.json', '.DS_Store'].includes(name));
  if (other === undefined) return;
  throw new GoDockerError(`${imageDirectory} cannot be replaced: it holds ${other}, which no image has`, {
    advice: 'give the image a folder of its own (option "outputPath"), or remove what is in this one',
  });
}

function swap(temporary: string, imageDirectory: string): void {
  const previous = besideOf(imageDirectory, 'old');
  try {
    for (let attempt = 0; attempt < 10; attempt++) {
      moveIfPossible(imageDirectory, previous);
      if (moveIfPossible(temporary, imageDirectory)) return;
      // Another build of the same image came between the two: it is as good as the one that we have moved away.
      removeTree(previous);
    }
    throw new GoDockerError(`${imageDirectory} cannot be replaced: other builds replace it all the time`);
  } catch (error) {
    moveIfPossible(previous, imageDirectory);
    throw error;
  } finally {
    removeTree(previous);
  }
}

/** @returns false when there is nothing at `from`, or something at `to` already. */
function moveIfPossible(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (isSystemError(error, 'ENOENT', 'ENOTEMPTY', 'EEXIST')) return false;
    throw error;
  }
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return [];
    throw error;
  }
}

function removeTree(directory: string): void {
  rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
}
