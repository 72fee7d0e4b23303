import { joinPath, type WorkspacePath } from '../files/workspace-path';
import type { Replacement } from './module-files';

/**
 * The folder that `replacement`, written in a file of `dir`, puts in a module's place.
 *
 * @returns undefined for another module, and for a folder that is not below the workspace. An absolute path never is: in an image it is
 * another one.
 */
export function replacementDirectory(
  { replacement }: Replacement,
  dir: WorkspacePath,
): WorkspacePath | undefined {
  if (!('directory' in replacement) || isAbsolute(replacement.directory)) return undefined;
  return joinPath(dir, replacement.directory);
}

function isAbsolute(directory: string): boolean {
  return /^([/\\]|[A-Za-z]:)/.test(directory);
}
