import { folderOf, type BytePath } from './byte-path';
import type { FileTree } from './file-tree';
import type { Owner } from './owner';

/**
 * Makes a folder and those it lies in, as `mkdir -p` does.
 *
 * @param path Without symbolic links.
 * @throws NotAFolder where a file is in the way.
 */
export function makeFolders(tree: FileTree, path: BytePath, owner: Owner, mode = 0o755): void {
  const node = tree.get(path);
  if (node?.type === 'directory') return;
  if (node) throw new NotAFolder(path);
  makeFolders(tree, folderOf(path), owner, mode);
  tree.set(path, { type: 'directory', mode, ...owner });
}

/** A file lies where a folder is needed. */
export class NotAFolder extends Error {
  override readonly name = 'NotAFolder';
  constructor(readonly path: BytePath) {
    super(`${path} is a file`);
  }
}
