import {
  diskFileSystem,
  type FileSystem,
  memoryFileSystem,
  type WorkspacePath,
} from '@go-docker/go-workspace';
import type { Tree } from '@nx/devkit';

/**
 * The workspace as it will be when the tree's changes are written. Read from disk, and the few changes laid over it: asking the
 * tree for every entry costs a `stat` each.
 */
export function treeFiles(tree: Tree): FileSystem {
  const disk = diskFileSystem(tree.root);
  const changes = tree.listChanges();
  const deleted = new Set(changes.filter(({ type }) => type === 'DELETE').map(({ path }) => path));
  const written = memoryFileSystem(
    Object.fromEntries(changes.flatMap(({ path, content }) => (content ? [[path, content.toString()]] : []))),
  );
  return {
    readFile: (path) => written.readFile(path) ?? (isDeleted(path) ? undefined : disk.readFile(path)),
    readDirectory: (path) => {
      const entries = new Map(
        [...disk.readDirectory(path), ...written.readDirectory(path)].map((entry) => [entry.name, entry]),
      );
      const kept = written.readDirectory(path).map(({ name }) => name);
      return [...entries.values()].filter(
        ({ name }) => kept.includes(name) || !isDeleted(path === '.' ? name : `${path}/${name}`),
      );
    },
  };

  function isDeleted(path: WorkspacePath): boolean {
    const elements = path.split('/');
    return elements.some((_, index) => deleted.has(elements.slice(0, index + 1).join('/')));
  }
}
