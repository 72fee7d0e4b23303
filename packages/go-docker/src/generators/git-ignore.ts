import type { Tree } from '@nx/devkit';

const FILE = '.gitignore';

/** The lines of the root's .gitignore; none where there is no such file. */
export function gitIgnoreLines(tree: Tree): readonly string[] {
  return (tree.read(FILE, 'utf-8') ?? '').split(/\r?\n/);
}

/** Adds lines at the end of the root's .gitignore, with the line ends that it has. @returns The name of the file. */
export function addToGitIgnore(tree: Tree, lines: readonly string[]): string {
  const text = tree.read(FILE, 'utf-8') ?? '';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const before = text === '' || text.endsWith('\n') ? text : text + eol;
  tree.write(FILE, before + lines.map((line) => `${line}${eol}`).join(''));
  return FILE;
}
