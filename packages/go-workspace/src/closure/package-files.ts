import { sorted, type WorkspacePath } from '../files/workspace-path';
import type { GoWorkspace } from '../modules/go-workspace';
import { type SourceReader, sourceReader } from '../sources/source-reader';
import type { PackageFiles } from './closures';
import type { PackageNode } from '../packages/package-node';

/** The packages of all platforms, each once, sorted by folder. */
export function merged(nodes: readonly PackageNode[]): PackageFiles[] {
  const byDir = new Map<WorkspacePath, PackageNode[]>();
  for (const node of nodes) {
    const same = byDir.get(node.dir);
    if (same) same.push(node);
    else byDir.set(node.dir, [node]);
  }
  return sorted(byDir.keys()).flatMap((dir) => mergedPackage(byDir.get(dir) ?? []) ?? []);
}

const known = new WeakMap<
  PackageNode,
  { readonly nodes: readonly PackageNode[]; readonly files: PackageFiles }
>();

/** One package of all platforms. Apps share libraries, so they share what was made of them. */
function mergedPackage(nodes: readonly PackageNode[]): PackageFiles | undefined {
  const [first] = nodes;
  if (!first) return undefined;
  const before = known.get(first);
  if (before && isSame(before.nodes, nodes)) return before.files;
  const { dir, importPath, moduleDir } = first;
  const goFiles = union(nodes.map((node) => node.goFiles));
  const otherFiles = union(nodes.map((node) => node.otherFiles));
  const files = {
    dir,
    importPath,
    moduleDir,
    goFiles,
    otherFiles,
    leftOut: union(nodes.map(({ leftOut }) => leftOut)).filter(
      (file) => !goFiles.includes(file) && !otherFiles.includes(file),
    ),
    embedFiles: union(nodes.map(({ embedFiles }) => embedFiles)),
    embedWildcards: union(nodes.map(({ embedWildcards }) => embedWildcards)),
    embedFolders: union(nodes.map(({ embedFolders }) => embedFolders)),
    embedAll: union(nodes.map(({ embedAll }) => embedAll)),
  };
  known.set(first, { nodes, files });
  return files;
}

function isSame(some: readonly PackageNode[], others: readonly PackageNode[]): boolean {
  return some.length === others.length && some.every((node, index) => node === others[index]);
}

/** Every path of several lists once, sorted. Most packages have the same files on all platforms, and then the same list. */
export function union(lists: readonly (readonly WorkspacePath[])[]): readonly WorkspacePath[] {
  const [first = [], ...others] = lists;
  const isOne = others.every((list) => list === first || (list.length === 0 && first.length === 0));
  return isOne && isSorted(first) ? first : sorted(new Set(lists.flat()));
}

function isSorted(list: readonly WorkspacePath[]): boolean {
  return list.every((path, index) => index === 0 || (list[index - 1] ?? '') < path);
}

/** The files as they are on disk: with symbolic links, both the links and what they lead to. Sorted, each once. */
export function filesOnDisk(reader: SourceReader, files: Iterable<WorkspacePath>): WorkspacePath[] {
  const places = new Set<WorkspacePath>();
  for (const file of files) {
    const { path, links } = reader.place(file);
    places.add(path);
    for (const link of links) places.add(link);
  }
  return sorted(places);
}

const placed = new WeakMap<PackageFiles, readonly WorkspacePath[]>();

/** What one package adds to `files` of a build closure, as {@link filesOnDisk} gives it: the same list for all apps that share the package. */
export function packageFilesOnDisk(workspace: GoWorkspace, files: PackageFiles): readonly WorkspacePath[] {
  const { goFiles, otherFiles, embedFiles } = files;
  const paths =
    placed.get(files) ?? filesOnDisk(sourceReader(workspace), [...goFiles, ...otherFiles, ...embedFiles]);
  placed.set(files, paths);
  return paths;
}
