import { GoDockerError } from '../errors';

/**
 * What a person can do about a file system that refuses to be written; any other error as it is.
 *
 * @param path What was being written.
 */
export function asDiskFailure(error: unknown, path: string): unknown {
  if (error instanceof GoDockerError) return error;
  const cause = systemErrorOf(error);
  const advice = ADVICE.get(cause?.code ?? '');
  if (cause === undefined || advice === undefined) return error;
  const [what, mend] = advice;
  return new GoDockerError(`${cause.path ?? path} cannot be written: ${what}`, {
    advice: mend,
    cause: error,
  });
}

const FULL = 'make room there and build again; the previous image is whole';

const ADVICE: ReadonlyMap<string, readonly [what: string, mend: string]> = new Map([
  ['ENOSPC', ['no space is left on its disk', FULL]],
  ['EDQUOT', ['the quota of its disk is used up', FULL]],
  ['EROFS', ['its file system is read-only', 'give the image another folder (option "outputPath")']],
  ['EACCES', ['permission is denied', 'see who owns the folder: an earlier build may have run as root']],
  [
    'EPERM',
    ['the operation is not permitted', 'see who owns the folder, and whether a program holds a file of it'],
  ],
  ['ENOTDIR', ['a file stands where a folder is needed', 'move it away, or choose another "outputPath"']],
]);

/** The error of the file system that an error was made from. */
function systemErrorOf(error: unknown): NodeJS.ErrnoException | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('syscall' in error) return error as NodeJS.ErrnoException;
  return 'cause' in error ? systemErrorOf(error.cause) : undefined;
}

export function isSystemError(error: unknown, ...codes: readonly string[]): boolean {
  return codes.includes(systemErrorOf(error)?.code ?? '');
}
