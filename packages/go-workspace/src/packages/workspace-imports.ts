import type { WorkspacePath } from '../files/workspace-path';
import type { GoWorkspace } from '../modules/go-workspace';
import type { GoFile } from '../sources/go-file';
import type { PackageSources } from '../sources/package-sources';
import { canHoldOnLinux, tagsCanHoldOnLinux } from '../sources/possible-constraint';
import { packageFolders } from '../sources/package-folders';
import type { SourceFile } from '../sources/source-file';
import { type SourceReader, sourceReader } from '../sources/source-reader';
import { embeddedFiles } from './embedded-files';
import { localModules } from '../module-closure/local-modules';
import { whereReadable } from './package-tests';
import { type ImportTarget, importResolver } from './resolve-import';

/** What one Go file takes from the workspace. */
export interface FileImports {
  readonly file: WorkspacePath;
  /** Whether only tests are made of it. */
  readonly isTest: boolean;
  /** Folders of the local packages that it imports, each once. */
  readonly packageDirs: readonly WorkspacePath[];
  /** Files that it embeds. */
  readonly embedFiles: readonly WorkspacePath[];
}

/**
 * The Go files of every package in the workspace, by the folder of the package: those that some build for Linux is made of, whatever its
 * architecture and tags, and tests. A file that cannot be read imports nothing.
 */
export function workspaceImports(workspace: GoWorkspace): ReadonlyMap<WorkspacePath, readonly FileImports[]> {
  const reader = sourceReader(workspace);
  const packages = new Map<WorkspacePath, readonly FileImports[]>();
  for (const module of workspace.modules) {
    const resolve = importResolver(reader, localModules(workspace, module));
    for (const dir of packageFolders(reader, module.dir)) {
      const files = goFilesIn(reader, dir).map((file) => importsOf(reader, dir, file, resolve));
      if (files.length > 0) packages.set(dir, files);
    }
  }
  return packages;
}

function goFilesIn(reader: SourceReader, dir: WorkspacePath): readonly SourceFile[] {
  return reader
    .sourceFiles(dir)
    .filter(
      ({ kind, path, tags }) =>
        kind !== 'other' && tagsCanHoldOnLinux(tags) && canHoldOnLinux(reader.goFile(path).constraint),
    );
}

function importsOf(
  reader: SourceReader,
  dir: WorkspacePath,
  { path: file, kind }: SourceFile,
  resolve: (importPath: string) => ImportTarget,
): FileImports {
  const { imports, embeds } = reader.goFile(file);
  const packageDirs = new Set<WorkspacePath>();
  for (const { path } of imports) {
    const target = resolve(path);
    if (target.kind === 'local') packageDirs.add(target.dir);
  }
  return {
    file,
    isTest: kind === 'test',
    packageDirs: [...packageDirs],
    embedFiles:
      embeds.length === 0
        ? []
        : whereReadable(() => embeddedFiles(reader, embedding(dir, file, embeds)).embedFiles),
  };
}

function embedding(dir: WorkspacePath, file: WorkspacePath, embeds: GoFile['embeds']): PackageSources {
  const nothing = { goFiles: [], otherFiles: [], leftOut: [], imports: [] };
  return { dir, ...nothing, embeds: embeds.map((each) => ({ ...each, file })) };
}
