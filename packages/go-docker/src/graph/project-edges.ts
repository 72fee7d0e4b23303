import { posix } from 'node:path';
import type { FileImports, WorkspacePath } from '@go-docker/go-workspace';

/** That a project takes something from another one, and the file that says so. */
export interface ProjectEdge {
  readonly source: string;
  readonly target: string;
  /** The file of `source` that imports or embeds. */
  readonly file: WorkspacePath;
}

/**
 * The edges of the project graph that Go files make: from the project that owns a file to those that own the packages it imports and
 * the files it embeds. A package that no project owns counts as part of whoever imports it. Each file names a project once.
 *
 * @param packages The Go files by the folder of their package.
 * @param names The names of the projects by their roots.
 */
export function projectEdges(
  packages: ReadonlyMap<WorkspacePath, readonly FileImports[]>,
  names: ReadonlyMap<WorkspacePath, string>,
): readonly ProjectEdge[] {
  const ownerOf = owners(names);
  return [...packages].flatMap(([dir, files]) => {
    const source = ownerOf(dir);
    if (source === undefined) return [];
    return files.flatMap(({ file, packageDirs, embedFiles }) => {
      const targets = new Set([
        ...ownersReached(packages, ownerOf, packageDirs),
        ...embedFiles.map((embedded) => ownerOf(posix.dirname(embedded))),
      ]);
      return [...targets].flatMap((target) =>
        target === undefined || target === source ? [] : [{ source, target, file }],
      );
    });
  });
}

/** The owners of packages, and of what those import that have none. */
function ownersReached(
  packages: ReadonlyMap<WorkspacePath, readonly FileImports[]>,
  ownerOf: (dir: WorkspacePath) => string | undefined,
  dirs: readonly WorkspacePath[],
): ReadonlySet<string | undefined> {
  const reached = new Set<string | undefined>();
  // A set gives out what is added while it is gone through.
  const seen = new Set(dirs);
  for (const dir of seen) {
    const owner = ownerOf(dir);
    if (owner !== undefined) reached.add(owner);
    else {
      for (const { isTest, packageDirs } of packages.get(dir) ?? []) {
        if (!isTest) for (const imported of packageDirs) seen.add(imported);
      }
    }
  }
  return reached;
}

/** The project that owns a folder: the one with the nearest root. */
function owners(names: ReadonlyMap<WorkspacePath, string>): (dir: WorkspacePath) => string | undefined {
  const known = new Map<WorkspacePath, string | undefined>();
  const ownerOf = (dir: WorkspacePath): string | undefined => {
    if (!known.has(dir)) {
      known.set(dir, names.get(dir) ?? (dir === '.' ? undefined : ownerOf(posix.dirname(dir))));
    }
    return known.get(dir);
  };
  return ownerOf;
}
