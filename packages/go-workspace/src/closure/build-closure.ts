import { GoWorkspaceError } from '../errors';
import { childPath, isWithin, sorted, type WorkspacePath } from '../files/workspace-path';
import { importPathOf } from '../modules/find-apps';
import type { GoModule, GoWorkspace } from '../modules/go-workspace';
import { type BuildContext, buildContext } from '../sources/build-context';
import type { BuildTarget } from '../sources/build-target';
import { packageSources } from '../sources/package-sources';
import { type SourceReader, sourceReader } from '../sources/source-reader';
import type { BuildClosure, PackageFiles } from './closures';
import { embeddedFiles } from './embedded-files';
import { localModules } from './local-modules';
import { moduleClosure } from './module-closure';
import { type ImportTarget, importResolver } from './resolve-import';

/**
 * Everything in the workspace that the package in `packageDir` is compiled from.
 *
 * @throws GoWorkspaceError for an import within a local module that has no Go files for one of the platforms, for an embed pattern
 * without files, and for a Go file whose head cannot be read: each with its file and line.
 */
export function buildClosure(
  workspace: GoWorkspace,
  packageDir: WorkspacePath,
  target: BuildTarget,
): BuildClosure {
  const main = moduleOf(workspace, packageDir);
  const reader = sourceReader(workspace);
  const modules = localModules(workspace, main);
  const resolve = importResolver(reader, modules);
  const packages = new Map<WorkspacePath, PackageDraft>();
  const externalImports = new Set<string>();
  for (const platform of target.platforms) {
    const context = buildContext(target, platform);
    const start: Pending = {
      importPath: importPathOf(main, packageDir),
      dir: packageDir,
      moduleDir: main.dir,
    };
    for (const found of reachedPackages(reader, start, context, resolve, externalImports))
      addTo(packages, found);
  }
  const drafts = [...packages.values()].sort((a, b) => (a.dir < b.dir ? -1 : 1));

  return {
    packageDir,
    modules: moduleClosure(workspace, modules, new Set(drafts.map(({ moduleDir }) => moduleDir))),
    packages: drafts.map(packageFiles),
    files: sorted(new Set(drafts.flatMap((draft) => filesOnDisk(reader, draft)))),
    externalImports: sorted(externalImports),
  };
}

function moduleOf(workspace: GoWorkspace, packageDir: WorkspacePath): GoModule {
  const [nearest] = workspace.modules
    .filter(({ dir }) => isWithin(dir, packageDir))
    .sort((a, b) => b.dir.length - a.dir.length || (a.dir === '.' ? 1 : -1));
  if (nearest) return nearest;
  throw new GoWorkspaceError(`${packageDir} is in no Go module`, {
    advice: `Run \`go mod init\` in ${packageDir} or in a folder above it.`,
  });
}

/** A package that is still to be read, and what asked for it. */
interface Pending {
  readonly importPath: string;
  readonly dir: WorkspacePath;
  readonly moduleDir: WorkspacePath;
  readonly importedAt?: { readonly file: WorkspacePath; readonly line: number };
}

interface PackageDraft {
  readonly dir: WorkspacePath;
  readonly importPath: string;
  readonly moduleDir: WorkspacePath;
  readonly goFiles: Set<WorkspacePath>;
  readonly otherFiles: Set<WorkspacePath>;
  readonly embedFiles: Set<WorkspacePath>;
}

function* reachedPackages(
  reader: SourceReader,
  start: Pending,
  context: BuildContext,
  resolve: (importPath: string) => ImportTarget,
  externalImports: Set<string>,
): Generator<PackageDraft> {
  const pending = [start];
  const seen = new Set([start.dir]);
  for (let next; (next = pending.pop());) {
    const sources = packageSources(reader, next.dir, context);
    if (sources.goFiles.length === 0) throw nothingToBuild(reader, next, context);
    for (const { path: importPath, file, line } of sources.imports) {
      const target = resolve(importPath);
      if (target.kind === 'external') externalImports.add(importPath);
      if (target.kind === 'missing') throw noPackage(importPath, target.dir, { file, line });
      if (target.kind !== 'local' || seen.has(target.dir)) continue;
      seen.add(target.dir);
      pending.push({ importPath, dir: target.dir, moduleDir: target.moduleDir, importedAt: { file, line } });
    }
    yield {
      dir: next.dir,
      importPath: next.importPath,
      moduleDir: next.moduleDir,
      goFiles: new Set(sources.goFiles),
      otherFiles: new Set(sources.otherFiles),
      embedFiles: new Set(embeddedFiles(reader, sources)),
    };
  }
}

function addTo(packages: Map<WorkspacePath, PackageDraft>, found: PackageDraft): void {
  const known = packages.get(found.dir);
  if (!known) {
    packages.set(found.dir, found);
    return;
  }
  for (const kind of ['goFiles', 'otherFiles', 'embedFiles'] as const) {
    for (const file of found[kind]) known[kind].add(file);
  }
}

function filesOnDisk(
  reader: SourceReader,
  { goFiles, otherFiles, embedFiles }: PackageDraft,
): WorkspacePath[] {
  return [...goFiles, ...otherFiles, ...embedFiles].flatMap((file) => {
    const { path, links } = reader.place(file);
    return [path, ...links];
  });
}

function packageFiles({
  dir,
  importPath,
  moduleDir,
  goFiles,
  otherFiles,
  embedFiles,
}: PackageDraft): PackageFiles {
  return {
    dir,
    importPath,
    moduleDir,
    goFiles: sorted(goFiles),
    otherFiles: sorted(otherFiles),
    embedFiles: sorted(embedFiles),
  };
}

function noPackage(
  importPath: string,
  dir: WorkspacePath,
  location: { file: WorkspacePath; line: number },
): GoWorkspaceError {
  return new GoWorkspaceError(`import "${importPath}": there are no Go files in ${dir}`, {
    location,
    advice: 'Correct the import path, or add the package.',
  });
}

function nothingToBuild(
  reader: SourceReader,
  { dir, importPath, importedAt }: Pending,
  context: BuildContext,
): GoWorkspaceError {
  const { os, architecture } = context.platform;
  const names = [...reader.directory(dir).keys()].filter(
    (name) => name.endsWith('.go') && !name.endsWith('_test.go'),
  );
  if (names.length === 0)
    return new GoWorkspaceError(`there are no Go files in ${dir}`, { location: importedAt });
  const usesCgo = names.some((name) =>
    reader.goFile(childPath(dir, name)).imports.some(({ path }) => path === 'C'),
  );
  return new GoWorkspaceError(
    `${importPath}: build constraints leave no Go file of ${dir} for ${os}/${architecture}`,
    {
      location: importedAt,
      advice:
        usesCgo && !context.cgo
          ? 'The package needs cgo, which is off.'
          : `Add a file for ${os}/${architecture}, or keep the import out of that build.`,
    },
  );
}
