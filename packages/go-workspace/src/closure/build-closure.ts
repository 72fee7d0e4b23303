import { GoWorkspaceError } from '../errors';
import { isWithin, sorted, type WorkspacePath } from '../files/workspace-path';
import { importPathOf } from '../modules/find-apps';
import type { GoModule, GoWorkspace } from '../modules/go-workspace';
import type { BuildTarget } from '../sources/build-target';
import { hasGoFiles } from '../sources/package-sources';
import { sourceReader } from '../sources/source-reader';
import type { BuildClosure } from './closures';
import { type LocalModules, localModules } from '../module-closure/local-modules';
import { moduleClosure } from '../module-closure/module-closure';
import { type GeneratedCode, isGenerated, MissingPackagesError } from './missing-packages';
import { merged, packageFilesOnDisk } from './package-files';
import type { MissingPackage, PackageNode, PackageReference } from '../packages/package-node';
import { packageGraph } from '../packages/package-graph';

/**
 * Everything in the workspace that the package in `packageDir` is compiled from.
 *
 * @param generated Code that may be missing: it is then in `missing`.
 * @throws MissingPackagesError for other packages that are imported and have no Go files.
 * @throws GoWorkspaceError for an import within a local module that has no Go files for one of the platforms, for an embed pattern
 * without files, and for a Go file whose head cannot be read: each with its file and line.
 */
export function buildClosure(
  workspace: GoWorkspace,
  packageDir: WorkspacePath,
  target: BuildTarget,
  generated: GeneratedCode = { folders: [], assumed: [] },
): BuildClosure {
  const main = moduleOf(workspace, packageDir);
  const modules = localModules(workspace, main);
  const root: PackageReference = {
    importPath: importPathOf(main, packageDir),
    dir: packageDir,
    moduleDir: main.dir,
  };
  const externalImports = new Set<string>();
  const nodes = (assumed: readonly PackageReference[]): PackageNode[] =>
    target.platforms.flatMap((platform) => [
      ...packageGraph(workspace, modules, target, platform).reachedFrom(root, externalImports, assumed),
    ]);
  const known = nodes([]);
  const assumed = missingOf(known).length > 0 ? assumedPackages(workspace, modules, generated) : [];
  const all = assumed.length > 0 ? nodes(assumed) : known;
  const missing = missingOf(all);
  const unexpected = missing.filter(({ dir }) => !isGenerated(generated, dir));
  if (unexpected.length > 0) throw new MissingPackagesError(unexpected);
  const packages = merged(all);
  let files: readonly WorkspacePath[] | undefined;

  return {
    packageDir,
    modules: moduleClosure(workspace, modules, new Set(packages.map(({ moduleDir }) => moduleDir))),
    packages,
    // Thousands for each app, and not everybody asks.
    get files() {
      files ??= sorted(new Set(packages.flatMap((each) => packageFilesOnDisk(workspace, each))));
      return files;
    },
    externalImports: sorted(externalImports),
    missing,
  };
}

/** Each once, in the order of their folders. */
function missingOf(nodes: readonly PackageNode[]): MissingPackage[] {
  const byDir = new Map<WorkspacePath, MissingPackage>();
  for (const { missing } of nodes) if (missing) byDir.set(missing.dir, missing);
  return sorted(byDir.keys()).flatMap((dir) => byDir.get(dir) ?? []);
}

/** Those that are still there, or may come back. */
function assumedPackages(
  workspace: GoWorkspace,
  modules: LocalModules,
  generated: GeneratedCode,
): PackageReference[] {
  const reader = sourceReader(workspace);
  const visible = new Set([...modules.mainModules.map(({ dir }) => dir), ...modules.byPath.values()]);
  return generated.assumed
    .filter((dir) => hasGoFiles(reader, dir) || isGenerated(generated, dir))
    .flatMap((dir) => {
      const module = nearestModule(workspace, dir);
      if (!module || !visible.has(module.dir)) return [];
      return [{ importPath: importPathOf(module, dir), dir, moduleDir: module.dir }];
    });
}

function moduleOf(workspace: GoWorkspace, packageDir: WorkspacePath): GoModule {
  const nearest = nearestModule(workspace, packageDir);
  if (nearest) return nearest;
  throw new GoWorkspaceError(`${packageDir} is in no Go module`, {
    advice: `Run \`go mod init\` in ${packageDir} or in a folder above it.`,
  });
}

function nearestModule({ modules }: GoWorkspace, packageDir: WorkspacePath): GoModule | undefined {
  const [nearest] = modules
    .filter(({ dir }) => isWithin(dir, packageDir))
    .sort((a, b) => b.dir.length - a.dir.length || (a.dir === '.' ? 1 : -1));
  return nearest;
}
