import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { GoDockerError } from '../errors';
import type { MeasuredImage } from '../measuring/measured-image';

/** Where `image-size` leaves what it measures, below the workspace root. */
export const MEASURED_FOLDER = 'dist/image-sizes';

/**
 * Everything that `image-size` has left in a folder, in the order of the files' names; nothing where it has left nothing, as after a change that
 * reaches no image. Of a project that was renamed in between, what was measured last.
 *
 * @param folder Below the workspace root; without it, {@link MEASURED_FOLDER}.
 * @throws GoDockerError where a folder that was named is not there, or a file is not what this release's `image-size` writes.
 */
export function readMeasuredImages(workspaceRoot: string, folder?: string): readonly MeasuredImage[] {
  const read = folder ?? MEASURED_FOLDER;
  const names = fileNames(join(workspaceRoot, read));
  if (names === undefined && folder !== undefined) {
    throw new GoDockerError(`--sizes: there is no folder ${folder} in the workspace`, {
      advice: 'name the folder of the option "outputFile" of image-size, below the workspace root',
    });
  }
  const files = (names ?? []).map((name): MeasuredFile => {
    const file = `${read}/${name}`;
    return {
      image: readMeasured(workspaceRoot, file),
      written: statSync(join(workspaceRoot, file)).mtimeMs,
    };
  });
  return files.filter((file) => !files.some((other) => isLaterName(other, file))).map(({ image }) => image);
}

interface MeasuredFile {
  readonly image: MeasuredImage;
  readonly written: number;
}

/** Nobody removes what was measured before a project got another name; its bytes would count twice. */
function isLaterName(other: MeasuredFile, file: MeasuredFile): boolean {
  return (
    other.image.baseline.file === file.image.baseline.file &&
    other.image.project !== file.image.project &&
    other.written > file.written
  );
}

/** undefined where there is no such folder. */
function fileNames(folder: string): readonly string[] | undefined {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
      .sort();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

function readMeasured(workspaceRoot: string, file: string): MeasuredImage {
  const value = parsed(readFileSync(join(workspaceRoot, file), 'utf8'));
  if (isMeasured(value)) return value;
  throw new GoDockerError('this is not what image-size of this release writes', {
    location: { file },
    advice: 'measure the images again: nx run-many -t image-size --skip-nx-cache',
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
    // What the executor sum writes has none.
    'baseline' in value &&
    'platforms' in value &&
    Array.isArray(value.platforms)
  );
}
