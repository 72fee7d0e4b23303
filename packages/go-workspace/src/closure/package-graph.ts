import { GoWorkspaceError, type SourceLocation } from '../errors';
import { childPath, type WorkspacePath } from '../files/workspace-path';
import type { GoWorkspace } from '../modules/go-workspace';
import { type BuildContext, buildContext } from '../sources/build-context';
import type { BuildPlatform, BuildTarget } from '../sources/build-target';
import { isGoFile, type PackageSources, packageSources, testSources } from '../sources/package-sources';
import { type SourceReader, sourceReader } from '../sources/source-reader';
import { embeddedFiles } from './embedded-files';
import type { LocalModules } from './local-modules';
import { type ImportTarget, importResolver } from './resolve-import';

/** One package of the workspace as it is built for one platform. */
export interface PackageNode extends Pick<PackageSources, 'dir' | 'goFiles' | 'otherFiles'> {
  readonly importPath: string;
  readonly moduleDir: WorkspacePath;
  readonly embedFiles: readonly WorkspacePath[];
  readonly embedWildcards: readonly string[];
  readonly embedFolders: readonly WorkspacePath[];
  readonly embedAll: readonly WorkspacePath[];
  /** Set where the package has no Go file at all. */
  readonly missing?: MissingPackage;
}

/** A package that is imported, and that has no Go files. */
export interface MissingPackage extends PackageReference {
  /** What lies in its folder. */
  readonly names: readonly string[];
}

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

/** What the test files of one package are on one platform, and what they import that the package itself may not. */
export interface PackageTests {
  readonly testFiles: readonly WorkspacePath[];
  readonly embedFiles: readonly WorkspacePath[];
  readonly localImports: readonly PackageReference[];
  readonly externalImports: readonly string[];
}

/** A package, and the import that asks for it; none for the one that is built. */
export interface PackageReference {
  readonly importPath: string;
  readonly dir: WorkspacePath;
  readonly moduleDir: WorkspacePath;
  readonly importedAt?: SourceLocation;
}

interface ReadPackage extends Pick<
  PackageNode,
  'goFiles' | 'otherFiles' | 'embedFiles' | 'embedWildcards' | 'embedFolders' | 'embedAll'
> {
  readonly localImports: readonly PackageReference[];
  readonly externalImports: readonly string[];
  readonly missing?: MissingPackage;
  /** Why nothing of it is built on this platform, although it is there. */
  readonly problem?: GoWorkspaceError;
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
    testsOf: (dir) => readTests(reader, resolve, dir, context),
  };
}

function readPackage(
  reader: SourceReader,
  resolve: (importPath: string) => ImportTarget,
  reference: PackageReference,
  context: BuildContext,
): ReadPackage {
  const sources = packageSources(reader, reference.dir, context);
  if (sources.goFiles.length === 0) return nothingRead(reader, reference, context);
  const localImports = new Map<WorkspacePath, PackageReference>();
  const externalImports = new Set<string>();
  for (const { path: importPath, file, line } of sources.imports) {
    const target = resolve(importPath);
    if (target.kind === 'external') externalImports.add(importPath);
    if (!('dir' in target) || localImports.has(target.dir)) continue;
    const { dir, moduleDir } = target;
    localImports.set(dir, { importPath, dir, moduleDir, importedAt: { file, line } });
  }
  return {
    goFiles: sources.goFiles,
    otherFiles: sources.otherFiles,
    ...embeddedFiles(reader, sources),
    embedWildcards: sources.embeds.flatMap(({ pattern }) =>
      /[*?[\\]/.test(pattern) ? [childPath(sources.dir, pattern.replace(/^all:/, ''))] : [],
    ),
    localImports: [...localImports.values()],
    externalImports: [...externalImports],
  };
}

function nothingRead(reader: SourceReader, reference: PackageReference, context: BuildContext): ReadPackage {
  const nothing = {
    goFiles: [],
    otherFiles: [],
    embedFiles: [],
    embedWildcards: [],
    embedFolders: [],
    embedAll: [],
    localImports: [],
    externalImports: [],
  };
  const names = [...reader.directory(reference.dir).keys()];
  if (!names.some(isGoFile)) return { ...nothing, missing: { ...reference, names: names.sort() } };
  return { ...nothing, problem: nothingToBuild(reader, reference, context, names.filter(isGoFile)) };
}

/** Whatever is wrong in tests is said by `go test`, in the words of Go, and does not keep the app from being built. */
function readTests(
  reader: SourceReader,
  resolve: (importPath: string) => ImportTarget,
  dir: WorkspacePath,
  context: BuildContext,
): PackageTests {
  const sources = testSources(reader, dir, context);
  const targets = sources.imports.map(({ path, file, line }) => ({
    importPath: path,
    importedAt: { file, line },
    target: resolve(path),
  }));
  return {
    testFiles: sources.goFiles,
    embedFiles: sources.embeds.flatMap((embed) =>
      whereReadable(() => embeddedFiles(reader, { ...sources, embeds: [embed] }).embedFiles),
    ),
    localImports: targets.flatMap(({ target, importPath, importedAt }) =>
      target.kind === 'local'
        ? [{ importPath, importedAt, dir: target.dir, moduleDir: target.moduleDir }]
        : [],
    ),
    externalImports: targets.flatMap(({ target, importPath }) =>
      target.kind === 'external' ? [importPath] : [],
    ),
  };
}

/** What is found; nothing where a file of the workspace is not as Go wants it. */
export function whereReadable<T>(find: () => Iterable<T>): T[] {
  const found: T[] = [];
  try {
    for (const each of find()) found.push(each);
  } catch (error) {
    if (!(error instanceof GoWorkspaceError)) throw error;
  }
  return found;
}

function nothingToBuild(
  reader: SourceReader,
  { dir, importPath, importedAt }: PackageReference,
  context: BuildContext,
  names: readonly string[],
): GoWorkspaceError {
  const { os, architecture } = context.platform;
  const usesCgo = names.some((name) =>
    reader.goFile(childPath(dir, name)).imports.some(({ path }) => path === 'C'),
  );
  const what = `${importPath}: build constraints leave no Go file of ${dir} for ${os}/${architecture}`;
  return new GoWorkspaceError(what, {
    location: importedAt,
    advice:
      usesCgo && !context.cgo
        ? 'The package needs cgo, which is off.'
        : `Add a file for ${os}/${architecture}, or keep the import out of that build.`,
  });
}
