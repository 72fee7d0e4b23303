import { sorted, type WorkspacePath } from '../files/workspace-path';
import type { SourceReader } from '../sources/source-reader';
import type { PackageFiles } from './closures';
import type { PackageNode } from './package-graph';

/** The packages of all platforms, each once, sorted by folder. */
export function merged(nodes: readonly PackageNode[]): PackageFiles[] {
  const byDir = new Map<WorkspacePath, PackageNode[]>();
  for (const node of nodes) {
    const same = byDir.get(node.dir);
    if (same) same.push(node);
    else byDir.set(node.dir, [node]);
  }
  return sorted(byDir.keys()).flatMap((dir) => {
    const same = byDir.get(dir) ?? [];
    return same.slice(0, 1).map(({ importPath, moduleDir }) => ({
      dir,
      importPath,
      moduleDir,
      goFiles: union(same.map(({ goFiles }) => goFiles)),
      otherFiles: union(same.map(({ otherFiles }) => otherFiles)),
      embedFiles: union(same.map(({ embedFiles }) => embedFiles)),
      embedWildcards: union(same.map(({ embedWildcards }) => embedWildcards)),
    }));
  });
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

/** All files that Go takes of a package. */
export function filesOf({ goFiles, otherFiles, embedFiles }: PackageFiles): readonly WorkspacePath[] {
  return [...goFiles, ...otherFiles, ...embedFiles];
}
