import type { Tree } from '@nx/devkit';
import { addToGitIgnore, gitIgnoreLines } from '../git-ignore';

/** Whatever targets of ours write where no option moves it. Only these: some repositories commit other files below `dist`. */
const OUTPUTS = [
  '/dist/images/',
  '/dist/image-modules/',
  '/dist/image-sizes/',
  '/dist/image-compare/',
  '/dist/image-digests/',
  '/dist/image-sum.json',
];

/**
 * Has git ignore the outputs: megabytes that nobody means to commit, that Nx would watch and hash as sources, and that would make the
 * commit of a push a dirty one.
 * A rule for all of `dist`, which most Nx workspaces have, is enough.
 */
export function ignoreOutputs(tree: Tree): void {
  const rules = new Set(gitIgnoreLines(tree).map(plainRule));
  const missing = rules.has('dist') ? [] : OUTPUTS.filter((output) => !rules.has(plainRule(output)));
  if (missing.length > 0) addToGitIgnore(tree, missing);
}

/** `/dist/`, a `dist` at any depth, `dist/*` and `dist/**` all ignore what `dist` ignores of ours. */
function plainRule(line: string): string {
  return line
    .trim()
    .replace(/^(\*\*\/|\/)/, '')
    .replace(/(\/\*{1,2}|\/)$/, '');
}
