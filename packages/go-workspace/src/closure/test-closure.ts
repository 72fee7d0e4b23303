import { childPath, isWithin, sorted, type WorkspacePath } from '../files/workspace-path';
import type { GoWorkspace } from '../modules/go-workspace';
import type { BuildTarget } from '../sources/build-target';
import { type SourceReader, sourceReader } from '../sources/source-reader';
import type { BuildClosure, PackageFiles, TestClosure, TestedPackage } from './closures';
import { type LocalModules, localModules } from '../module-closure/local-modules';
import { moduleClosure } from '../module-closure/module-closure';
import { filesOnDisk, merged, packageFilesOnDisk, union } from './package-files';
import { packageGraph, type PackageGraph } from '../packages/package-graph';
import type { PackageNode } from '../packages/package-node';
import { whereReadable } from '../packages/package-tests';

/**
 * What it takes to run the tests of the local packages that a build closure holds: their test files, the local packages that
 * these import, what they embed, and folders called `testdata`.
 *
 * A test that cannot be read, or that imports or embeds what is not there, is left to `go test` to complain about.
 *
 * @throws GoWorkspaceError where a module that tests need lies outside the workspace.
 */
export function testClosure(workspace: GoWorkspace, build: BuildClosure, target: BuildTarget): TestClosure {
  const reader = sourceReader(workspace);
  const modules = modulesOf(workspace, build);
  const { vendorDir } = modules;
  const isLocal = ({ dir }: PackageFiles): boolean => vendorDir === undefined || !isWithin(vendorDir, dir);
  const graphs = target.platforms.map((platform) => packageGraph(workspace, modules, target, platform));
  const suites = build.packages.filter(isLocal).map((each) => suiteOf(modules, graphs, each));

  const main = suites.filter(({ isMain }) => isMain);
  const known = new Set([
    ...build.externalImports,
    ...main.flatMap(({ externalImports }) => externalImports),
  ]);
  const canRun = (suite: Suite): boolean =>
    suite.isMain || suite.externalImports.every((each) => known.has(each));
  const running = suites.filter(canRun);
  const built = new Set(build.packages.map(({ dir }) => dir));
  const helpers = merged(running.flatMap(({ reached }) => reached)).filter(
    ({ dir, goFiles }) => !built.has(dir) && goFiles.length > 0,
  );

  return {
    tested: running.map(packageOf),
    untested: suites.filter((suite) => !canRun(suite)).map(packageOf),
    helpers,
    modules: moduleClosure(
      workspace,
      modules,
      new Set([...build.packages, ...helpers].map(({ moduleDir }) => moduleDir)),
    ),
    files: filesOnDisk(reader, [
      ...helpers.flatMap((each) => packageFilesOnDisk(workspace, each)),
      ...running.flatMap(({ embedFiles }) => embedFiles),
    ]),
    testFiles: filesOnDisk(reader, union(running.map(({ testFiles }) => testFiles))),
    testdata: filesOnDisk(
      reader,
      running.flatMap(({ dir }) => testdataOf(reader, dir)),
    ),
  };
}

function modulesOf(workspace: GoWorkspace, { packageDir, packages }: BuildClosure): LocalModules {
  const moduleDir = packages.find(({ dir }) => dir === packageDir)?.moduleDir;
  const main = workspace.modules.find(({ dir }) => dir === moduleDir);
  if (!main) throw new Error(`the closure of ${packageDir} is not of this workspace`);
  return localModules(workspace, main);
}

/** The tests of one package, over all platforms. */
interface Suite extends TestedPackage {
  readonly testFiles: readonly WorkspacePath[];
  /** Local packages that the tests import, directly or not. */
  readonly reached: readonly PackageNode[];
  /** What the tests and the packages they reach import from outside of the workspace. */
  readonly externalImports: readonly string[];
}

function suiteOf(
  { mainModules }: LocalModules,
  graphs: readonly PackageGraph[],
  { dir, importPath, moduleDir }: PackageFiles,
): Suite {
  const externalImports = new Set<string>();
  const all = graphs.map((graph) => {
    const tests = graph.testsOf(dir);
    for (const each of tests.externalImports) externalImports.add(each);
    const reached = tests.localImports.flatMap((each) =>
      whereReadable(() => graph.reachedFrom(each, externalImports)),
    );
    return { ...tests, reached };
  });
  return {
    dir,
    importPath,
    moduleDir,
    isMain: mainModules.some((module) => module.dir === moduleDir),
    testFiles: union(all.map(({ testFiles }) => testFiles)),
    embedFiles: union(all.map(({ embedFiles }) => embedFiles)),
    reached: all.flatMap(({ reached }) => reached),
    externalImports: sorted(externalImports),
  };
}

function packageOf({ dir, importPath, moduleDir, embedFiles, isMain }: Suite): TestedPackage {
  return { dir, importPath, moduleDir, embedFiles, isMain };
}

function testdataOf(reader: SourceReader, dir: WorkspacePath): WorkspacePath[] {
  return reader.directory(dir).get('testdata')?.kind === 'directory' ? [childPath(dir, 'testdata')] : [];
}
