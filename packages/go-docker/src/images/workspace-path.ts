import { posix } from 'node:path';

/** A path of the user's in the one form that is compared and shown: `/` on every system, no `./`, no `/` at the end. */
export function plainPath(path: string): string {
  return posix.normalize(path.replaceAll('\\', '/')).replace(/(?<=.)\/$/, '');
}

/** Whether a plain path stays below the folder that it is relative to. */
export function isBelowRoot(path: string): boolean {
  return !/^(\/|[A-Za-z]:|\.\.(\/|$))/.test(path);
}
