import type { FileNode } from '@go-docker/oci-image';
import { folderOf, joined, nameOf, type BytePath } from './byte-path';

const ROOT: FileNode = { type: 'directory', mode: 0o755, uid: 0, gid: 0 };

/** The files of a stage or of a build context, by their paths. */
export class FileTree {
  private readonly nodes = new Map<BytePath, FileNode>([['', ROOT]]);
  private readonly names = new Map<BytePath, Set<string>>();
  private readonly before = new Map<BytePath, FileNode | undefined>();

  /** @param files In any order; folders that are missing are made. */
  static of(files: Iterable<readonly [BytePath, FileNode]>): FileTree {
    const tree = new FileTree();
    for (const [path, node] of files) tree.set(path, node);
    tree.takeChanges();
    return tree;
  }

  clone(): FileTree {
    return FileTree.of(this.nodes);
  }

  get(path: BytePath): FileNode | undefined {
    return this.nodes.get(path);
  }

  /** Names of what lies in a folder, in the order of their bytes. */
  list(folder: BytePath): readonly string[] {
    return [...(this.names.get(folder) ?? [])].sort();
  }

  entries(): IterableIterator<[BytePath, FileNode]> {
    return this.nodes.entries();
  }

  /** Puts a file where it belongs, in place of what was there; what lay in a folder of that path stays if it is one again. */
  set(path: BytePath, node: FileNode): void {
    if (path !== '' && this.nodes.get(folderOf(path))?.type !== 'directory') this.set(folderOf(path), ROOT);
    if (node.type !== 'directory') for (const name of this.list(path)) this.remove(joined(path, name));
    this.remember(path);
    this.nodes.set(path, node);
    if (path === '') return;
    const siblings = this.names.get(folderOf(path)) ?? new Set();
    this.names.set(folderOf(path), siblings.add(nameOf(path)));
  }

  /** As {@link set}, and a change also where the same file was there. */
  replace(path: BytePath, node: FileNode): void {
    this.set(path, node);
    this.before.set(path, undefined);
  }

  remove(path: BytePath): void {
    for (const name of this.list(path)) this.remove(joined(path, name));
    this.remember(path);
    this.nodes.delete(path);
    this.names.delete(path);
    this.names.get(folderOf(path))?.delete(nameOf(path));
  }

  /** What is other than it was when this was last asked: path → what lies there now. */
  takeChanges(): ReadonlyMap<BytePath, FileNode> {
    const changes = new Map<BytePath, FileNode>();
    for (const [path, before] of this.before) {
      const now = this.nodes.get(path);
      if (now && !(before && isSame(before, now))) changes.set(path, now);
    }
    this.before.clear();
    return changes;
  }

  private remember(path: BytePath): void {
    if (!this.before.has(path)) this.before.set(path, this.nodes.get(path));
  }
}

/**
 * What BuildKit takes for no change: a file that is what it was, when it was.
 * (https://github.com/containerd/continuity/blob/v0.4.5/fs/diff.go)
 */
function isSame(a: FileNode, b: FileNode): boolean {
  if (a.type !== b.type || a.mode !== b.mode || a.uid !== b.uid || a.gid !== b.gid) return false;
  if (a.type === 'file' && b.type === 'file') {
    return a.size === b.size && a.stamp !== undefined && a.stamp === b.stamp;
  }
  if (a.type === 'symlink' && b.type === 'symlink') return a.target === b.target;
  return a.type === 'directory';
}
