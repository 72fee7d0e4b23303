import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GoDockerError } from '../errors';
import type { MeasuredImage } from '../measuring/measured-image';

/** Where `image-size` leaves what it measures, below the workspace root. */
export const MEASURED_FOLDER = 'dist/image-sizes';

/**
 * Everything that `image-size` has left in a folder, in the order of the files' names.
 *
 * @param folder Below the workspace root.
 * @throws GoDockerError where there is nothing, or a file is not what this release's `image-size` writes.
 */
export function readMeasuredImages(workspaceRoot: string, folder: string): readonly MeasuredImage[] {
  const names = fileNames(join(workspaceRoot, folder));
  if (names.length === 0) {
    throw new GoDockerError(`no image has been measured: there is nothing in ${folder}`, {
      advice: 'measure them first: nx run-many -t image-size',
    });
  }
  return names.map((name) => readMeasured(workspaceRoot, `${folder}/${name}`));
}

function fileNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
      .sort();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
}

function readMeasured(workspaceRoot: string, file: string): MeasuredImage {
  const value = parsed(readFileSync(join(workspaceRoot, file), 'utf8'));
  if (isMeasured(value)) return value;
  throw new GoDockerError('this is not what image-size of this release writes', {
    location: { file },
    advice: 'measure the images again: nx run-many -t image-size',
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Nobody edits these files: telling those of another release apart is enough. */
function isMeasured(value: unknown): value is MeasuredImage {
  return (
    typeof value === 'object' &&
    value !== null &&
    'version' in value &&
    value.version === 1 &&
    'project' in value &&
    typeof value.project === 'string' &&
    'platforms' in value &&
    Array.isArray(value.platforms)
  );
}
