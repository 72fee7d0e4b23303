import type { WorkspacePath } from '../files/workspace-path';
import type { LocalModules } from '../module-closure/local-modules';
import type { GoWorkspace } from '../modules/go-workspace';
import { type BuildContext, buildContext } from '../sources/build-context';
import type { BuildPlatform, BuildTarget } from '../sources/build-target';
import { sourceReader } from '../sources/source-reader';
import type { PackageNode, PackageReference } from './package-node';
import { type PackageTests, packageTests } from './package-tests';
import { type ReadPackage, readPackage } from './read-package';
import { importResolver } from './resolve-import';

/** The packages of a workspace on one platform, each read when it is first asked for. */
export interface PackageGraph {
  /**
   * A package and all local packages it imports, directly or not.
   *
   * @param externalImports Takes the imports that are neither local nor of the standard library.
   * @param assumed Packages that count as imported, as far as they have files for the platform.
   */
  reachedFrom(
    root: PackageReference,
    externalImports: Set<string>,
    assumed?: readonly PackageReference[],
  ): Iterable<PackageNode>;
  /** The tests of one package. */
  testsOf(dir: WorkspacePath): PackageTests;
}

type FilesOfPackage = Omit<PackageNode, 'dir' | 'importPath' | 'moduleDir'>;

const graphs = new WeakMap<LocalModules, Map<string, PackageGraph>>();

/** The one graph of the given modules and target: apps share libraries, so they share what was read of them. */
export function packageGraph(
  workspace: GoWorkspace,
  modules: LocalModules,
  target: BuildTarget,
  platform: BuildPlatform,
): PackageGraph {
  const key = JSON.stringify([platform, target.cgo, target.tags, target.goVersion]);
  const known = graphs.get(modules) ?? new Map<string, PackageGraph>();
  graphs.set(modules, known);
  const graph = known.get(key) ?? newGraph(workspace, modules, buildContext(target, platform));
  known.set(key, graph);
  return graph;
}

function newGraph(workspace: GoWorkspace, modules: LocalModules, context: BuildContext): PackageGraph {
  const reader = sourceReader(workspace);
  const resolve = importResolver(reader, modules);
  const packages = new Map<WorkspacePath, ReadPackage>();
  const read = (reference: PackageReference): ReadPackage => {
    const found = packages.get(reference.dir) ?? readPackage(reader, resolve, reference, context);
    packages.set(reference.dir, found);
    return found;
  };

  const nodes = new Map<WorkspacePath, PackageNode>();
  // One object for all apps, so that what is made of it is made once.
  const nodeOf = ({ dir, importPath, moduleDir }: PackageReference, files: FilesOfPackage): PackageNode => {
    const known = nodes.get(dir);
    const node = known?.importPath === importPath ? known : { dir, importPath, moduleDir, ...files };
    nodes.set(dir, node);
    return node;
  };

  return {
    *reachedFrom(root, externalImports, assumed = []) {
      const references = new Map([...assumed, root].map((reference) => [reference.dir, reference]));
      // A map gives out what is added while it is gone through.
      for (const reference of references.values()) {
        const { localImports, externalImports: external, problem, ...files } = read(reference);
        if (problem && assumed.includes(reference)) continue;
        if (problem) throw problem;
        for (const each of external) externalImports.add(each);
        for (const each of localImports) if (!references.has(each.dir)) references.set(each.dir, each);
        yield nodeOf(reference, files);
      }
    },
    testsOf: (dir) => packageTests(reader, resolve, dir, context),
  };
}
