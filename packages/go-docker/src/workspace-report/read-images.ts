import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { GoDockerError } from '../errors';
import type { MeasuredImage } from '../measuring/measured-image';
import { otherName, whyNotCurrent } from './current-projects';

/** Where `image-size` leaves what it measures, below the workspace root. */
export const MEASURED_FOLDER = 'dist/image-sizes';

/** What `image-size` has left in a folder. */
export interface MeasuredImages {
  /** Of the projects that the workspace has, in the order of the files' names. */
  readonly images: readonly MeasuredImage[];
  /** What is not among them and why: a sentence without a full stop for each file. */
  readonly leftOut: readonly string[];
}

/**
 * Everything that `image-size` has left in a folder; nothing where it has left nothing, as after a change that reaches no image. What is of a project
 * that was removed, or has another name now, is left out.
 *
 * @param folder Below the workspace root; without it, {@link MEASURED_FOLDER}.
 * @throws GoDockerError where a folder that was named is not there, or a file is not what this release's `image-size` writes.
 */
export function readMeasuredImages(workspaceRoot: string, folder?: string): MeasuredImages {
  const read = folder ?? MEASURED_FOLDER;
  const names = fileNames(join(workspaceRoot, read));
  if (names === undefined && folder !== undefined) {
    throw new GoDockerError(`--sizes: there is no folder ${folder} in the workspace`, {
      advice: 'name the folder of the option "outputFile" of image-size, below the workspace root',
    });
  }
  const files = (names ?? []).map((name): MeasuredFile => {
    const file = `${read}/${name}`;
    const written = statSync(join(workspaceRoot, file)).mtimeMs;
    return { file, image: readMeasured(workspaceRoot, file), written };
  });
  const judged = files.map(({ file, image, written }) => ({
    ...{ file, image },
    why: whyNotCurrent(workspaceRoot, image) ?? laterName({ file, image, written }, files),
  }));
  return {
    images: judged.filter(({ why }) => why === undefined).map(({ image }) => image),
    leftOut: judged.flatMap(({ file, why }) => (why === undefined ? [] : [`${file} is left out: ${why}`])),
  };
}

interface MeasuredFile {
  /** Below the workspace root. */
  readonly file: string;
  readonly image: MeasuredImage;
  readonly written: number;
}

/** Where no file of a project names it, what was measured last has the name that counts. */
function laterName({ image, written }: MeasuredFile, files: readonly MeasuredFile[]): string | undefined {
  const { project, baseline } = image;
  const later = files.find(
    (other) =>
      other.image.baseline.file === baseline.file &&
      other.image.project !== project &&
      other.written > written,
  );
  return later && otherName(posix.dirname(baseline.file), later.image.project);
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
