import type { WorkspacePath } from '@go-docker/go-workspace';
import { GoDockerError, type SourceLocation } from '../errors';

/**
 * Refuses a name of a program that would mean something to a shell, to Docker or to JSON.
 *
 * @throws GoDockerError
 */
export function assertSafeName(name: string, what = 'app', location?: SourceLocation): void {
  if (/^[A-Za-z0-9][A-Za-z0-9._+~-]*$/.test(name)) return;
  throw new GoDockerError(`The name of the ${what} ${JSON.stringify(name)} cannot be used in a Dockerfile`, {
    location,
    advice:
      'Rename it: a name starts with a letter or digit; letters, digits, ".", "_", "+", "~" and "-" may follow.',
  });
}

/**
 * Refuses a path that leaves the workspace or holds a character that a Dockerfile, a shell or a mount option reads as its own.
 *
 * @param what What the path is, for the message: `folder of a module`.
 * @throws GoDockerError
 */
export function assertSafePath(path: WorkspacePath, what: string, location?: SourceLocation): void {
  const elements = path.split('/');
  const unsafe = elements.find(
    (element) => element === '' || element === '..' || !/^[\p{L}\p{N}._+~@-]+$/u.test(element),
  );
  if (unsafe === undefined && !path.startsWith('-')) return;
  throw new GoDockerError(`The ${what} ${JSON.stringify(path)} cannot be used in a Dockerfile`, {
    location,
    advice:
      'Rename it: the elements of a path below the workspace root hold letters, digits, ".", "_", "+", "~", "@" and "-", and none of them is "..".',
  });
}
