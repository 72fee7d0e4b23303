import { joined, type BytePath } from './byte-path';
import type { FileTree } from './file-tree';

/** Whether a path has wildcards of Go's filepath.Match, which Docker takes. */
export function hasWildcards(path: string): boolean {
  return /[*?[\\]/.test(path);
}

/**
 * The paths that match, in the order of a layer. A wildcard stands for a part of one name, never for a slash.
 * (https://pkg.go.dev/path/filepath#Match)
 */
export function matchingPaths(tree: FileTree, pattern: BytePath): readonly BytePath[] {
  return pattern
    .split('/')
    .reduce<readonly BytePath[]>((folders, part) => folders.flatMap((at) => matchesIn(tree, at, part)), ['']);
}

function matchesIn(tree: FileTree, folder: BytePath, part: string): readonly BytePath[] {
  if (!hasWildcards(part)) return tree.get(joined(folder, part)) ? [joined(folder, part)] : [];
  const matches = nameMatcher(part);
  return tree
    .list(folder)
    .filter(matches)
    .map((name) => joined(folder, name));
}

/** Whether a name matches one part of a pattern. */
export function nameMatcher(pattern: string): (name: string) => boolean {
  const source = pattern.replace(
    /\\([\s\S])|\[(\^?)((?:\\.|[^\]])+)\]|([*?])|[\s\S]/g,
    (character, ...groups) => {
      const [escaped, negation, set, wildcard] = groups as (string | undefined)[];
      if (wildcard !== undefined) return wildcard === '*' ? '[^/]*' : '[^/]';
      if (set !== undefined) return `[${negation}${set.replace(/[[^]/g, '\\$&')}]`;
      return quoted(escaped ?? character);
    },
  );
  const expression = new RegExp(`^${source}$`, 's');
  return (name) => expression.test(name);
}

function quoted(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
