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

/**
 * The name of a project as the repository of an image reference, without registry and tag.
 * (https://github.com/distribution/reference: lower case, and separators only between letters and digits.)
 *
 * @throws GoDockerError where nothing of the name can stand in a reference.
 */
export function dockerImageName(project: string): string {
  const elements = project
    .toLowerCase()
    .split('/')
    .map((element) => element.replace(/[^a-z0-9._-]+/g, '-').replace(/[._-]+/g, (run) => run.slice(0, 1)))
    .map((element) => element.replace(/^[._-]|[._-]$/g, ''))
    .filter(Boolean);
  if (elements.length > 0) return elements.join('/');
  throw new GoDockerError(`No image can be named after the project ${JSON.stringify(project)}`, {
    advice: 'Rename the project: its name needs a letter a-z or a digit.',
  });
}
