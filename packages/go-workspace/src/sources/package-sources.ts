import { GoWorkspaceError } from '../errors';
import type { DirectoryEntry } from '../files/file-system';
import { childPath, type WorkspacePath } from '../files/workspace-path';
import type { BuildContext } from './build-context';
import type { Problem } from './file-header';
import type { EmbedPattern, GoFile, GoImport } from './go-file';
import type { SourceReader } from './source-reader';

/** The files of one package that Go takes on one platform, without those that it embeds. */
export interface PackageSources {
  readonly dir: WorkspacePath;
  readonly goFiles: readonly WorkspacePath[];
  readonly otherFiles: readonly WorkspacePath[];
  readonly imports: readonly (GoImport & { readonly file: WorkspacePath })[];
  readonly embeds: readonly (EmbedPattern & { readonly file: WorkspacePath })[];
}

/** Taken with and without cgo: Go's own assembler reads them. */
const ASSEMBLY = new Set(['s', 'h', 'hh', 'hpp', 'hxx', 'syso']);
/** Compiled by the C compiler, so only with cgo. */
const C_FAMILY = new Set(['c', 'cc', 'cpp', 'cxx', 'm', 'f', 'F', 'for', 'f90', 'swig', 'swigcxx']);
/** Compiled by the C compiler where a Go file of the package uses cgo. */
const C_ASSEMBLY = new Set(['S', 'sx']);

/**
 * The files of the package in `dir`, by the rules of go/build (Context.Import), without tests.
 *
 * @throws GoWorkspaceError for a file whose constraint, package clause or imports cannot be read.
 */
export function packageSources(
  reader: SourceReader,
  dir: WorkspacePath,
  context: BuildContext,
): PackageSources {
  const candidates = candidatesIn(reader, dir, context);
  const goFiles = candidates.filter(
    ({ name }) => isGoFile(name) && takesGoFile(reader, childPath(dir, name), context),
  );
  const usesCgo = goFiles.some(({ name }) => importsC(reader.goFile(childPath(dir, name))));
  const otherFiles = candidates.filter(({ name }) => takesOtherFile(reader, dir, name, context, usesCgo));
  return sourcesOf(reader, dir, goFiles, otherFiles);
}

/**
 * The test files of the package in `dir`, those of its external test package with them. One that cannot be read is left out: what is
 * wrong with it is said by `go test`, and keeps nothing from being built.
 */
export function testSources(reader: SourceReader, dir: WorkspacePath, context: BuildContext): PackageSources {
  const testFiles = candidatesIn(reader, dir, context).filter(({ name }) => {
    if (!name.endsWith('_test.go')) return false;
    const { constraint, constraintProblem, problem, packageName } = reader.goFile(childPath(dir, name));
    return !constraintProblem && !problem && context.accepts(constraint) && packageName !== 'documentation';
  });
  return sourcesOf(reader, dir, testFiles, []);
}

function candidatesIn(reader: SourceReader, dir: WorkspacePath, context: BuildContext): DirectoryEntry[] {
  return [...reader.directory(dir).values()].filter(
    ({ name, kind }) => kind === 'file' && !/^[._]/.test(name) && context.acceptsName(name),
  );
}

function sourcesOf(
  reader: SourceReader,
  dir: WorkspacePath,
  goFiles: readonly DirectoryEntry[],
  otherFiles: readonly DirectoryEntry[],
): PackageSources {
  const paths = (entries: readonly DirectoryEntry[]): WorkspacePath[] =>
    entries.map(({ name }) => childPath(dir, name)).sort();
  return {
    dir,
    goFiles: paths(goFiles),
    otherFiles: paths(otherFiles),
    imports: paths(goFiles).flatMap((file) => reader.goFile(file).imports.map((each) => ({ ...each, file }))),
    embeds: paths(goFiles).flatMap((file) => reader.goFile(file).embeds.map((each) => ({ ...each, file }))),
  };
}

/** Whether a folder holds a Go file of any kind, which is what makes it a package for an import (modload, dirInModule). */
export function hasGoFiles(reader: SourceReader, dir: WorkspacePath): boolean {
  return [...reader.directory(dir).values()].some(
    ({ name, kind }) => kind === 'file' && name.endsWith('.go'),
  );
}

/** Whether a name is that of a Go file other than a test. */
export function isGoFile(name: string): boolean {
  return name.endsWith('.go') && !name.endsWith('_test.go');
}

/**
 * Whether a Go file other than a test is built.
 *
 * @throws GoWorkspaceError where it is built but cannot be read.
 */
export function takesGoFile(reader: SourceReader, file: WorkspacePath, context: BuildContext): boolean {
  const parsed = reader.goFile(file);
  if (parsed.constraintProblem) throw unreadable(file, parsed.constraintProblem);
  if (!context.accepts(parsed.constraint)) return false;
  if (parsed.problem) throw unreadable(file, parsed.problem);
  return parsed.packageName !== 'documentation' && (context.cgo || !importsC(parsed));
}

function takesOtherFile(
  reader: SourceReader,
  dir: WorkspacePath,
  name: string,
  context: BuildContext,
  usesCgo: boolean,
): boolean {
  const extension = name.slice(name.lastIndexOf('.') + 1);
  const takesExtension =
    ASSEMBLY.has(extension) ||
    (C_FAMILY.has(extension) && context.cgo) ||
    (C_ASSEMBLY.has(extension) && usesCgo);
  if (!takesExtension || extension === 'syso') return takesExtension;
  const { constraint, problem } = reader.header(childPath(dir, name));
  return !problem && context.accepts(constraint);
}

function importsC(file: GoFile): boolean {
  return file.imports.some(({ path }) => path === 'C');
}

function unreadable(file: WorkspacePath, { message, line }: Problem): GoWorkspaceError {
  return new GoWorkspaceError(message, {
    location: { file, line },
    advice: 'Correct the file; what the package is built from cannot be told without it.',
  });
}
