import { GoWorkspaceError } from '../errors';
import type { WorkspacePath } from '../files/workspace-path';
import type { BuildContext } from '../sources/build-context';
import { testSources } from '../sources/package-sources';
import type { SourceReader } from '../sources/source-reader';
import { embeddedFiles } from './embedded-files';
import type { PackageReference } from './package-node';
import type { ImportTarget } from './resolve-import';

/** What the test files of one package are on one platform, and what they import that the package itself may not. */
export interface PackageTests {
  readonly testFiles: readonly WorkspacePath[];
  readonly embedFiles: readonly WorkspacePath[];
  readonly localImports: readonly PackageReference[];
  readonly externalImports: readonly string[];
}

/** Whatever is wrong in tests is said by `go test`, in the words of Go, and does not keep the app from being built. */
export function packageTests(
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
