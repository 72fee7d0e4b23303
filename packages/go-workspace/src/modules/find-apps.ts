import { baseName, childPath, parentPath, type WorkspacePath } from '../files/workspace-path';
import { type BuildContext, buildContext } from '../sources/build-context';
import { packageFolders } from '../sources/package-folders';
import { isGoFile } from '../sources/package-sources';
import { type SourceReader, sourceReader } from '../sources/source-reader';
import type { GoApp } from './apps';
import type { GoModule, GoWorkspace } from './go-workspace';

/**
 * Every main package of the workspace's modules, sorted by folder. One whose module go.work leaves out stands alone.
 *
 * Not in `testdata`, `vendor`, `node_modules` or hidden folders, and not where build constraints keep it out of every image.
 * A file that cannot be read does not hide its app: an error belongs to the one app, when its closure is built.
 */
export function findApps(workspace: GoWorkspace): readonly GoApp[] {
  const apps = found.get(workspace) ?? appsOf(workspace);
  found.set(workspace, apps);
  return apps;
}

/** Each image asks for its app; with hundreds of apps, looking through all folders each time is a quarter of the work. */
const found = new WeakMap<GoWorkspace, readonly GoApp[]>();

function appsOf(workspace: GoWorkspace): readonly GoApp[] {
  const reader = sourceReader(workspace);
  return workspace.modules
    .flatMap((module) => {
      const mains = [...mainPackages(reader, module.dir)];
      return mains.map((packageDir) => app(module, packageDir, mains.length));
    })
    .sort((a, b) => (a.packageDir < b.packageDir ? -1 : 1));
}

/** An app may need cgo or one architecture: whether it gets them is a matter of how its image is built. */
const CONTEXTS: readonly BuildContext[] = ['amd64', 'arm64'].map((architecture) => {
  const platform = { os: 'linux', architecture } as const;
  return buildContext({ platforms: [platform], cgo: true, tags: [], goVersion: '1.999' }, platform);
});

function* mainPackages(reader: SourceReader, moduleDir: WorkspacePath): Generator<WorkspacePath> {
  for (const dir of packageFolders(reader, moduleDir)) {
    const goFiles = [...reader.directory(dir).values()]
      .filter(({ name, kind }) => kind === 'file' && isGoFile(name) && !/^[._]/.test(name))
      .map(({ name }) => childPath(dir, name));
    if (packageName(reader, goFiles) === 'main') yield dir;
  }
}

/** The package name of the first file that some image can hold: usually the first file of all, and the only one read. */
function packageName(reader: SourceReader, files: readonly WorkspacePath[]): string | undefined {
  for (const file of files.toSorted()) {
    const { packageName, constraint, constraintProblem } = reader.goFile(file);
    if (packageName === '' || packageName === 'documentation' || constraintProblem) continue;
    if (CONTEXTS.some((context) => context.acceptsName(baseName(file)) && context.accepts(constraint)))
      return packageName;
  }
  return undefined;
}

function app(module: GoModule, packageDir: WorkspacePath, commandsOfModule: number): GoApp {
  const projectRoot = commandsOfModule === 1 && module.dir !== '.' ? module.dir : commandRoot(packageDir);
  return {
    name: projectRoot === '.' ? lastElement(module.path) : baseName(projectRoot),
    packageDir,
    moduleDir: module.dir,
    importPath: importPathOf(module, packageDir),
    projectRoot,
  };
}

/** `cmd/main.go` is how a folder with one command is often laid out, so the folder above is the project. */
function commandRoot(packageDir: WorkspacePath): WorkspacePath {
  return baseName(packageDir) === 'cmd' ? parentPath(packageDir) : packageDir;
}

/** The name that `go install` would give the module: without its major version. */
function lastElement(modulePath: string): string {
  return baseName(modulePath.replace(/\/v\d+$/, ''));
}

/** The import path of a package of `module`. */
export function importPathOf(
  module: { readonly dir: WorkspacePath; readonly path: string },
  dir: WorkspacePath,
): string {
  if (dir === module.dir) return module.path;
  return `${module.path}/${module.dir === '.' ? dir : dir.slice(module.dir.length + 1)}`;
}
