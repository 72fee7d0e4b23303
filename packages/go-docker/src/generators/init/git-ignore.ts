import type { Tree } from '@nx/devkit';

/** Where images and their sizes go. Only these: some repositories commit other files below `dist`. */
const OUTPUTS = ['dist/images', 'dist/image-sizes'];

/**
 * Has git ignore the images: megabytes that nobody means to commit, and that Nx would watch and hash as sources.
 * A rule for all of `dist`, which most Nx workspaces have, is enough.
 */
export function ignoreOutputs(tree: Tree): void {
  const text = tree.read('.gitignore', 'utf-8') ?? '';
  const rules = new Set(text.split(/\r?\n/).map(plainRule));
  const missing = rules.has('dist') ? [] : OUTPUTS.filter((output) => !rules.has(output));
  if (missing.length === 0) return;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const before = text === '' || text.endsWith('\n') ? text : text + eol;
  tree.write('.gitignore', before + missing.map((output) => `/${output}/${eol}`).join(''));
}

/** `/dist/`, a `dist` at any depth, `dist/*` and `dist/**` all ignore what `dist` ignores of ours. */
function plainRule(line: string): string {
  return line
    .trim()
    .replace(/^(\*\*\/|\/)/, '')
    .replace(/(\/\*{1,2}|\/)$/, '');
}
