import type { BuildConstraint } from './build-constraint';
import { type EmbedPattern, readEmbeds } from './embed-patterns';
import { type FileHeader, type Problem, parseFileHeader } from './file-header';
import { unquote } from './go-literal';
import { GoScanner } from './go-scanner';
import { IS_SPACE } from './go-space';

export type { EmbedPattern } from './embed-patterns';

/** What of a Go file decides which other files it needs. Plain data: a pure function of the text. */
export interface GoFile {
  readonly packageName: string;
  readonly imports: readonly GoImport[];
  /** Patterns of `//go:embed` lines, in a file that imports `embed`. */
  readonly embeds: readonly EmbedPattern[];
  /** When the file is built; undefined: always. */
  readonly constraint?: BuildConstraint;
  /** Why the constraint cannot be read. */
  readonly constraintProblem?: Problem;
  /** Why the package clause or an import cannot be read: whatever follows is missing here. */
  readonly problem?: Problem;
}

export interface GoImport {
  readonly path: string;
  readonly line: number;
}

/** Reads the package clause and the imports of a Go file, and its embed patterns where it has any. */
export function parseGoFile(text: string): GoFile {
  return parse(text).file;
}

/** What `parseGoFile` says of a file that begins with `head`; undefined where that depends on what follows. */
export function parseGoFileHead(head: string): GoFile | undefined {
  const { file, end } = parse(head);
  return end + LOOKAHEAD < head.length && !importsEmbed(file.imports) ? file : undefined;
}

/** Longer than a token of which the first characters may be all that is there, such as `import`. */
const LOOKAHEAD = 10;

function parse(text: string): { readonly file: GoFile; readonly end: number } {
  const scanner = new GoScanner(text);
  const imports: GoImport[] = [];
  let headerEnd = text.length;
  let packageName = '';
  let problem: Problem | undefined;
  try {
    scanner.skipSpace();
    // For a constraint other blanks count than for the language: then every line has to be looked at.
    if (!IS_SPACE.test(text.charAt(scanner.position))) headerEnd = scanner.position;
    packageName = readPackageClause(scanner);
    while (scanner.takeKeyword('import')) readImportDeclaration(scanner, imports);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    problem = { message: error.message, line: scanner.problemLine };
  }
  const header = headerOf(text, headerEnd, scanner.position);
  const embeds = importsEmbed(imports) ? readEmbeds(text) : [];
  const file = {
    packageName,
    imports,
    embeds,
    constraint: header.constraint,
    constraintProblem: header.problem,
    problem,
  };
  return { file, end: Math.max(scanner.position, headerEnd) };
}

/** Few files have a constraint, so that lines are looked at one by one only where there may be one. */
function headerOf(text: string, headerEnd: number, end: number): FileHeader {
  const nul = text.indexOf('\0');
  if (nul >= 0 && nul < end)
    return { problem: { message: 'a NUL byte: this is no Go file', line: lineOf(text, nul) } };
  if (headerEnd === 0) return {};
  const header = text.slice(0, headerEnd);
  return header.includes('build') ? parseFileHeader(header) : {};
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

const OPEN = 40;
const CLOSE = 41;
const DOT = 46;

function readPackageClause(scanner: GoScanner): string {
  if (!scanner.takeKeyword('package')) fail('expected a package clause');
  const name = scanner.takeIdentifier() ?? fail('expected the name of the package');
  endDeclaration(scanner);
  return name;
}

function readImportDeclaration(scanner: GoScanner, imports: GoImport[]): void {
  if (!scanner.takeCharacter(OPEN)) {
    imports.push(readImport(scanner));
  } else {
    while (!scanner.takeCharacter(CLOSE)) {
      imports.push(readImport(scanner));
      if (!scanner.takeStatementEnd()) fail('expected a new line');
    }
  }
  endDeclaration(scanner);
}

function readImport(scanner: GoScanner): GoImport {
  // The name under which the package is known in the file: where there is one, the import begins with it.
  const isNamed = scanner.takeCharacter(DOT) || scanner.takeIdentifier() !== undefined;
  const lineOfName = scanner.tokenLine;
  const literal = scanner.takeString() ?? fail('expected an import path in quotes');
  const line = isNamed ? lineOfName : scanner.tokenLine;
  const path = literal.slice(1, -1);
  if (PLAIN_PATH.test(path)) return { path: onItsOwn(path), line };
  const value = unquote(literal);
  if (value === undefined || value === '' || ILLEGAL_IN_IMPORT_PATH.test(value))
    return fail(`${literal} is no import path`);
  return { path: value, line };
}

const paths = new Map<string, string>();
const MAX_PATHS = 10_000;

/**
 * A path that does not keep the text alive which it was cut from, as a part of a string does: all files of a workspace would stay in memory.
 * Most files import what others import.
 */
function onItsOwn(path: string): string {
  const known = paths.get(path);
  if (known !== undefined) return known;
  if (paths.size >= MAX_PATHS) paths.clear();
  const copy = Buffer.from(path).toString();
  paths.set(copy, copy);
  return copy;
}

/** Like the go command, which reads no further than the imports: what else stands on the line is a matter for the compiler. */
function endDeclaration(scanner: GoScanner): void {
  if (!scanner.takeStatementEnd() && scanner.takeKeyword('import')) fail('expected a new line');
}

function importsEmbed(imports: readonly GoImport[]): boolean {
  for (const { path } of imports) if (path === 'embed') return true;
  return false;
}

function fail(message: string): never {
  throw new SyntaxError(message);
}

/** What nearly every import path is made of. */
const PLAIN_PATH = /^[\w./~+@-]+$/;
/** The implementation restriction of https://go.dev/ref/spec#Import_declarations. */
const ILLEGAL_IN_IMPORT_PATH = /[!"#$%&'()*,:;<=>?[\\\]^`{|}\uFFFD\s\p{C}]/u;
