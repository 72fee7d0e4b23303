import type { Tree } from '@nx/devkit';

/** GitLab keeps caches below the project's folder alone, where Nx would hash them, and a push would call the sources changed. */
const CACHES = '.cache';

/** Has git, and so Nx, pass over the caches of a job. @returns The files that were written. */
export function ignoreCaches(tree: Tree): readonly string[] {
  const text = tree.read('.gitignore', 'utf-8') ?? '';
  const rules = text.split(/\r?\n/).map((line) => line.trim().replace(/^\/|\/$/g, ''));
  if (rules.includes(CACHES)) return [];
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const before = text === '' || text.endsWith('\n') ? text : text + eol;
  tree.write('.gitignore', `${before}/${CACHES}/${eol}`);
  return ['.gitignore'];
}
