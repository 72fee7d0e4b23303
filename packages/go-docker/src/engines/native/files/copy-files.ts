import type { FileNode } from '@go-docker/oci-image';
import { cleanPath, folderOf, joined, nameOf, shown, type BytePath } from './byte-path';
import type { FileTree } from './file-tree';
import { makeFolders, NotAFolder } from './make-folders';
import { ROOT_OWNER, type Owner } from './owner';
import { LinkCircle, resolved } from './resolve';
import { hasWildcards, matchingPaths } from './wildcards';

/** What a COPY says, with everything filled in. */
export interface CopyOrder {
  /** In `from`, with wildcards. */
  readonly sources: readonly string[];
  /** With or without a slash at its start and its end. */
  readonly destination: string;
  /** What a destination without a slash at its start is below. */
  readonly workingFolder: string;
  /** Whose the copies are; undefined: whose the sources are. */
  readonly owner?: Owner;
  /** Mode of every file and folder that is copied; undefined: that of its source. */
  readonly mode?: number;
}

/** A COPY that cannot be done; the message says why, without a full stop. */
export class CopyProblem extends Error {
  override readonly name = 'CopyProblem';
}

/**
 * Copies as BuildKit does. The folder that a folder is copied to keeps its mode and owner, or gets 0755; folders in it get those of
 * their sources. (https://docs.docker.com/reference/dockerfile/#copy)
 *
 * @throws CopyProblem where a source is not there, or a file is in the way of a folder.
 */
export function copyFiles(from: FileTree, to: FileTree, order: CopyOrder): void {
  try {
    for (const source of order.sources) {
      for (const match of matches(from, source)) copySource(from, match, to, order);
    }
  } catch (error) {
    if (error instanceof NotAFolder) throw new CopyProblem(`"/${shown(error.path)}" is a file, not a folder`);
    if (error instanceof LinkCircle) throw new CopyProblem('symbolic links lead in a circle');
    throw error;
  }
}

function matches(from: FileTree, source: string): readonly BytePath[] {
  const path = cleanPath(source);
  const found = hasWildcards(path) ? matchingPaths(from, path) : from.get(resolved(from, path)) && [path];
  if (found) return found;
  throw new CopyProblem(`"/${shown(path)}" is not there, or the ignore file keeps it out`);
}

function copySource(from: FileTree, source: BytePath, to: FileTree, order: CopyOrder): void {
  const { destination, owner = ROOT_OWNER } = order;
  const followed = resolved(from, source);
  const node = from.get(followed);
  if (!node) throw new CopyProblem(`"/${shown(source)}" leads to nothing`);
  const isFolder = isFolderName(destination);
  const path = cleanPath(destination.startsWith('/') ? destination : `${order.workingFolder}/${destination}`);
  makeFolders(to, resolved(to, isFolder ? path : folderOf(path)), owner);
  let target = resolved(to, path);
  if (node.type !== 'directory' && to.get(target)?.type === 'directory') {
    target = joined(target, nameOf(source));
  }
  makeFolders(to, node.type === 'directory' ? target : folderOf(target), owner);
  copyNode(from, followed, node, to, target, order);
}

/** Whether a destination is a folder even where there is none yet. */
export function isFolderName(destination: string): boolean {
  return /(^|\/)\.?$/.test(destination);
}

function copyNode(
  from: FileTree,
  source: BytePath,
  node: FileNode,
  to: FileTree,
  target: BytePath,
  order: CopyOrder,
): void {
  if (node.type !== 'directory') {
    if (to.get(target)?.type === 'directory') {
      throw new CopyProblem(`"/${shown(target)}" is a folder, in the way of a file`);
    }
    to.set(target, withOrders(node, order));
    return;
  }
  for (const name of from.list(source)) {
    const child = from.get(joined(source, name));
    const place = joined(target, name);
    if (!child) continue;
    if (child.type === 'directory') {
      const there = to.get(place);
      if (there && there.type !== 'directory') throw new NotAFolder(place);
      to.set(place, withOrders(child, order));
    }
    copyNode(from, joined(source, name), child, to, place, order);
  }
}

function withOrders(node: FileNode, { owner, mode }: CopyOrder): FileNode {
  const isMode = mode !== undefined && node.type !== 'symlink';
  return { ...node, ...(owner && { uid: owner.uid, gid: owner.gid }), ...(isMode && { mode }) };
}
