import { posix } from 'node:path';
import { cleanPath, folderOf, joined, type BytePath } from './byte-path';
import type { FileTree } from './file-tree';

/** As Linux: more links than this lead in a circle. */
const MAX_LINKS = 255;

/** A path whose symbolic links lead in a circle. */
export class LinkCircle extends Error {
  override readonly name = 'LinkCircle';
}

/**
 * Follows the symbolic links of a path, also the last one, without leaving the root; what is not there stays as it is.
 *
 * @throws LinkCircle
 */
export function resolved(tree: FileTree, path: BytePath): BytePath {
  const parts = path.split('/').filter((part) => part !== '');
  let at: BytePath = '';
  let links = 0;
  for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
    if (part === '.') continue;
    if (part === '..') {
      at = folderOf(at);
      continue;
    }
    const next = joined(at, part);
    const node = tree.get(next);
    if (node?.type !== 'symlink') {
      at = next;
      continue;
    }
    if (++links > MAX_LINKS) throw new LinkCircle();
    if (posix.isAbsolute(node.target)) at = '';
    parts.unshift(...node.target.split('/').filter((each) => each !== ''));
  }
  return cleanPath(at);
}
