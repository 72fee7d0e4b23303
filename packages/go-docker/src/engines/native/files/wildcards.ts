import { joined, shown, type BytePath } from './byte-path';
import type { FileTree } from './file-tree';
import { resolved } from './resolve';

/** Whether a path has wildcards of Go's filepath.Match, which Docker takes. */
export function hasWildcards(path: string): boolean {
  return /[*?[\\]/.test(path);
}

/**
 * The paths that match, in the order of a layer. A wildcard stands for a part of one name, never for a slash.
 * (https://pkg.go.dev/path/filepath#Match)
 *
 * @returns undefined where the folder in front of the first wildcard is not there.
 */
export function matchingPaths(tree: FileTree, pattern: BytePath): readonly BytePath[] | undefined {
  const parts = pattern.split('/');
  const first = parts.findIndex(hasWildcards);
  const folder = resolved(tree, parts.slice(0, first).join('/'));
  if (!tree.get(folder)) return undefined;
  return parts
    .slice(first)
    .reduce<readonly BytePath[]>(
      (folders, part) => folders.flatMap((at) => matchesIn(tree, at, part)),
      [folder],
    );
}

function matchesIn(tree: FileTree, folder: BytePath, part: string): readonly BytePath[] {
  if (!hasWildcards(part)) return tree.get(joined(folder, part)) ? [joined(folder, part)] : [];
  const matches = nameMatcher(part);
  return tree
    .list(folder)
    .filter(matches)
    .map((name) => joined(folder, name));
}

/** Whether a name matches one part of a pattern. What is UTF-8 is compared by its characters. */
function nameMatcher(pattern: string): (name: string) => boolean {
  const source = shown(pattern).replace(
    /\\([\s\S])|\[(\^?)((?:\\.|[^\]])+)\]|([*?])|[\s\S]/gu,
    (character, ...groups) => {
      const [escaped, negation, set, wildcard] = groups as (string | undefined)[];
      if (wildcard !== undefined) return wildcard === '*' ? '[^/]*' : '[^/]';
      if (set !== undefined) return `[${negation}${set.replace(/[[^]/g, '\\$&')}]`;
      return quoted(escaped ?? character);
    },
  );
  const expression = new RegExp(`^${source}$`, 'su');
  return (name) => expression.test(shown(name));
}

function quoted(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
