import { GoWorkspaceError } from '../errors';
import { childPath, type WorkspacePath } from '../files/workspace-path';
import type { BuildContext } from '../sources/build-context';
import { isGoFile, packageSources } from '../sources/package-sources';
import type { SourceReader } from '../sources/source-reader';
import { CgoNeededError } from './cgo-needed';
import { embeddedFiles } from './embedded-files';
import type { MissingPackage, PackageNode, PackageReference } from './package-node';
import type { ImportTarget } from './resolve-import';

/** What one package is built from, and what it imports. */
export interface ReadPackage extends Pick<
  PackageNode,
  'goFiles' | 'otherFiles' | 'leftOut' | 'embedFiles' | 'embedWildcards' | 'embedFolders' | 'embedAll'
> {
  readonly localImports: readonly PackageReference[];
  readonly externalImports: readonly string[];
  readonly missing?: MissingPackage;
  /** Why nothing of it is built on this platform, although it is there. */
  readonly problem?: GoWorkspaceError;
}

/** Reads the package that an import asks for, as it is built in `context`. */
export function readPackage(
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
    leftOut: sources.leftOut,
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
    leftOut: [],
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
  if (usesCgo && !context.cgo) return new CgoNeededError(what, importedAt);
  return new GoWorkspaceError(what, {
    location: importedAt,
    advice: `Add a file for ${os}/${architecture}, or keep the import out of that build.`,
  });
}
