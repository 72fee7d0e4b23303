import type { Tree } from '@nx/devkit';
import { addToGitIgnore, gitIgnoreLines } from '../git-ignore';

/** GitLab keeps caches below the project's folder alone, where Nx would hash them, and a push would call the sources changed. */
const CACHES = '.cache';

/** Has git, and so Nx, pass over the caches of a job. @returns The files that were written. */
export function ignoreCaches(tree: Tree): readonly string[] {
  const rules = gitIgnoreLines(tree).map((line) => line.trim().replace(/^\/|\/$/g, ''));
  return rules.includes(CACHES) ? [] : [addToGitIgnore(tree, [`/${CACHES}/`])];
}
