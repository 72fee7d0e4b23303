import { GoWorkspaceError } from '../errors';
import type { WorkspacePath } from '../files/workspace-path';
import type { BuildContext } from './build-context';
import type { Problem } from './file-header';
import type { EmbedPattern, GoFile, GoImport } from './go-file';
import type { SourceFile } from './source-file';
import type { SourceReader } from './source-reader';

/** The files of one package that Go takes on one platform, without those that it embeds. */
export interface PackageSources {
  readonly dir: WorkspacePath;
  readonly goFiles: readonly WorkspacePath[];
  readonly otherFiles: readonly WorkspacePath[];
  /** Files that Go takes by their names, and not by what they say: a constraint, or that they need cgo. */
  readonly leftOut: readonly WorkspacePath[];
  readonly imports: readonly (GoImport & { readonly file: WorkspacePath })[];
  readonly embeds: readonly (EmbedPattern & { readonly file: WorkspacePath })[];
}

/** Taken with and without cgo: Go's own assembler reads them. */
const ASSEMBLY = new Set(['s', 'h', 'hh', 'hpp', 'hxx', 'syso']);
/** Compiled by the C compiler, so only with cgo. */
const C_FAMILY = new Set(['c', 'cc', 'cpp', 'cxx', 'm', 'f', 'F', 'for', 'f90', 'swig', 'swigcxx']);
/** Compiled by the C compiler where a Go file of the package uses cgo. */
const C_ASSEMBLY = new Set(['S', 'sx']);

/** Extensions of files that Go may take of a package's folder besides Go files and what is embedded, without the dot. */
export const OTHER_EXTENSIONS: readonly string[] = [...ASSEMBLY, ...C_FAMILY, ...C_ASSEMBLY];

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
  const candidates = reader.sourceFiles(dir).filter(({ tags }) => context.acceptsTags(tags));
  const goFiles: WorkspacePath[] = [];
  const leftOut: WorkspacePath[] = [];
  for (const { path, kind } of candidates)
    if (kind === 'go') (takesGoFile(reader, path, context) ? goFiles : leftOut).push(path);
  const usesCgo = context.cgo && goFiles.some((path) => importsC(reader.goFile(path)));
  const otherFiles: WorkspacePath[] = [];
  for (const file of candidates)
    if (file.kind === 'other' && takesExtension(file, context, usesCgo))
      (takesOtherFile(reader, file, context) ? otherFiles : leftOut).push(file.path);
  return shared(reader, dir, { goFiles, otherFiles, leftOut });
}

type FilesOfFolder = Pick<PackageSources, 'goFiles' | 'otherFiles' | 'leftOut'>;

/** What was found of each folder; apart by reader, because each knows its files as they were once. */
const known = new WeakMap<SourceReader, Map<WorkspacePath, PackageSources[]>>();

/** Most packages have the same files on all platforms: then they are the same object, too. */
function shared(reader: SourceReader, dir: WorkspacePath, files: FilesOfFolder): PackageSources {
  const ofReader = known.get(reader) ?? new Map<WorkspacePath, PackageSources[]>();
  known.set(reader, ofReader);
  const ofDir = ofReader.get(dir) ?? [];
  ofReader.set(dir, ofDir);
  const same = ofDir.find(
    (each) =>
      isSame(each.goFiles, files.goFiles) &&
      isSame(each.otherFiles, files.otherFiles) &&
      isSame(each.leftOut, files.leftOut),
  );
  if (same) return same;
  const sources = sourcesOf(reader, dir, files);
  ofDir.push(sources);
  return sources;
}

function isSame(some: readonly WorkspacePath[], others: readonly WorkspacePath[]): boolean {
  return some.length === others.length && some.every((path, index) => path === others[index]);
}

/**
 * The test files of the package in `dir`, those of its external test package with them. One that cannot be read is left out: what is
 * wrong with it is said by `go test`, and keeps nothing from being built.
 */
export function testSources(reader: SourceReader, dir: WorkspacePath, context: BuildContext): PackageSources {
  const testFiles = reader.sourceFiles(dir).filter(({ path, kind, tags }) => {
    if (kind !== 'test' || !context.acceptsTags(tags)) return false;
    const { constraint, constraintProblem, problem, packageName } = reader.goFile(path);
    return !constraintProblem && !problem && context.accepts(constraint) && packageName !== 'documentation';
  });
  return sourcesOf(reader, dir, {
    goFiles: testFiles.map(({ path }) => path),
    otherFiles: [],
    leftOut: [],
  });
}

function sourcesOf(reader: SourceReader, dir: WorkspacePath, files: FilesOfFolder): PackageSources {
  const imports: PackageSources['imports'][number][] = [];
  const embeds: PackageSources['embeds'][number][] = [];
  for (const file of files.goFiles) {
    const parsed = reader.goFile(file);
    for (const { path, line } of parsed.imports) imports.push({ path, line, file });
    for (const { pattern, line } of parsed.embeds) embeds.push({ pattern, line, file });
  }
  return { dir, ...files, imports, embeds };
}

/** Whether a folder holds a Go file of any kind, which is what makes it a package for an import (modload, dirInModule). */
export function hasGoFiles(reader: SourceReader, dir: WorkspacePath): boolean {
  for (const { name, kind } of reader.directory(dir).values()) {
    if (kind === 'file' && name.endsWith('.go')) return true;
  }
  return false;
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

function takesExtension({ extension }: SourceFile, { cgo }: BuildContext, usesCgo: boolean): boolean {
  return (
    ASSEMBLY.has(extension) || (C_FAMILY.has(extension) && cgo) || (C_ASSEMBLY.has(extension) && usesCgo)
  );
}

function takesOtherFile(
  reader: SourceReader,
  { path, extension }: SourceFile,
  context: BuildContext,
): boolean {
  if (extension === 'syso') return true;
  const { constraint, problem } = reader.header(path);
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
