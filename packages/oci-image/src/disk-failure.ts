import { codeOf, OciImageError } from './errors';

const REASONS: Readonly<Record<string, readonly [what: string, advice: string]>> = {
  ENOSPC: ['the disk is full', 'free some space there'],
  EDQUOT: ['the disk quota is used up', 'free some space there'],
  EACCES: ['permission denied', 'let this user write there'],
  EPERM: ['permission denied', 'let this user write there'],
  EROFS: ['the file system is read-only', 'write somewhere else'],
  ENOTDIR: ['a file is where a directory must be', 'remove it, or write somewhere else'],
  ENOTEMPTY: ['something else was written there at the same time', 'run one build at a time'],
  EEXIST: ['a file is where a directory must be', 'remove it, or write somewhere else'],
};

/**
 * @param what What could not be done, for example `the image layout cannot be written`.
 * @returns An error for people where the disk is to blame; any other error is one already, or a defect.
 */
export function diskFailure(what: string, file: string, error: unknown): unknown {
  const [reason, advice] = REASONS[codeOf(error) ?? ''] ?? [];
  if (reason === undefined || error instanceof OciImageError) return error;
  return new OciImageError(`${what}: ${reason}`, { location: { file }, advice, cause: error });
}
