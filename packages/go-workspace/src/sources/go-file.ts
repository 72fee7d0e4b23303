import type { BuildConstraint } from './build-constraint';
import { type Problem, parseFileHeader } from './file-header';
import { unquote } from './go-literal';

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

export interface EmbedPattern {
  readonly pattern: string;
  readonly line: number;
}

/** Reads the package clause and the imports of a Go file, and its embed patterns where it has any. */
export function parseGoFile(text: string): GoFile {
  const header = parseFileHeader(text);
  const scanner = new Scanner(text);
  const imports: GoImport[] = [];
  let packageName = '';
  let problem: Problem | undefined;
  try {
    packageName = readPackageClause(scanner);
    while (scanner.takeKeyword('import')) imports.push(...readImportDeclaration(scanner));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    problem = { message: error.message, line: scanner.problemLine };
  }
  const embeds = imports.some(({ path }) => path === 'embed') ? readEmbeds(scanner) : [];
  return {
    packageName,
    imports,
    embeds,
    constraint: header.constraint,
    constraintProblem: header.problem,
    problem,
  };
}

function readPackageClause(scanner: Scanner): string {
  if (!scanner.takeKeyword('package')) throw new SyntaxError('expected a package clause');
  return scanner.take(IDENTIFIER) ?? fail('expected the name of the package');
}

function readImportDeclaration(scanner: Scanner): GoImport[] {
  if (scanner.take(OPEN) === undefined) return [readImport(scanner)];
  const imports: GoImport[] = [];
  while (scanner.take(CLOSE) === undefined) imports.push(readImport(scanner));
  return imports;
}

function readImport(scanner: Scanner): GoImport {
  // The name under which the package is known in the file.
  if (scanner.take(DOT) === undefined) scanner.take(IDENTIFIER);
  const literal = scanner.take(STRING) ?? fail('expected an import path in quotes');
  const path = unquote(literal);
  if (path === undefined || path === '' || ILLEGAL_IN_IMPORT_PATH.test(path))
    fail(`${literal} is no import path`);
  return { path: path ?? '', line: scanner.line };
}

function readEmbeds(scanner: Scanner): EmbedPattern[] {
  const embeds: EmbedPattern[] = [];
  for (const { comment, line } of scanner.restOfComments()) {
    const directive = /^\/\/go:embed(?:\s+(.*))?$/.exec(comment.trimEnd());
    const patterns = directive && parseEmbedPatterns(directive[1] ?? '');
    // The compiler reports badly formed lines; until then they name no files.
    if (patterns) embeds.push(...patterns.map((pattern) => ({ pattern, line })));
  }
  return embeds;
}

/** Patterns apart by blanks, each bare or a Go string (go/ast, Directive.ParseArgs); undefined where a string does not end. */
function parseEmbedPatterns(args: string): string[] | undefined {
  const patterns: string[] = [];
  for (let rest = args.trim(); rest !== ''; rest = rest.trim()) {
    const isQuoted = /^["`]/.test(rest);
    const token = (isQuoted ? QUOTED_ARGUMENT : BARE_ARGUMENT).exec(rest)?.[0];
    const pattern = token !== undefined && isQuoted ? unquote(token) : token;
    if (token === undefined || pattern === undefined) return undefined;
    patterns.push(pattern);
    rest = rest.slice(token.length);
  }
  return patterns;
}

function fail(message: string): never {
  throw new SyntaxError(message);
}

const IDENTIFIER = /[\p{L}_][\p{L}\p{Nd}_]*/uy;
const STRING = /"(?:\\.|[^"\\\n])*"|`[^`]*`/y;
const OPEN = /\(/y;
const CLOSE = /\)/y;
const DOT = /\./y;
/** Blanks, comments, and semicolons, which nothing read here depends on. */
const SPACE = /(?:[ \t\r\n\f;]+|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
/** What may hold the start of a comment without being one, and comments. */
const COMMENT_OR_LITERAL = /\/\/[^\n]*|\/\*[^]*?\*\/|`[^`]*`|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g;
/** The implementation restriction of https://go.dev/ref/spec#Import_declarations. */
const ILLEGAL_IN_IMPORT_PATH = /[!"#$%&'()*,:;<=>?[\\\]^`{|}\uFFFD\s\p{C}]/u;
const QUOTED_ARGUMENT = /^(?:"(?:\\.|[^"\\])*"|`[^`]*`)(?=\s|$)/;
const BARE_ARGUMENT = /^\S+/;

/** Reads a Go file token by token, as far as it is asked to. */
class Scanner {
  /** The end of the last token. */
  private position: number;
  /** Where a token was looked for last. */
  private lookedAt = 0;
  private countedTo = 0;
  private lines = 1;

  constructor(private readonly text: string) {
    this.position = text.startsWith('\uFEFF') ? 1 : 0;
  }

  /** The line of the token that was read last. */
  get line(): number {
    return this.lineOf(this.position);
  }

  /** The line that lacks what was looked for last: where a line ends too early, that line and not the next. */
  get problemLine(): number {
    const isOnLaterLine = this.position > 1 && this.text.slice(this.position, this.lookedAt).includes('\n');
    return this.lineOf(isOnLaterLine ? this.position : this.lookedAt);
  }

  /** Takes the next token where it matches a sticky pattern. */
  take(pattern: RegExp): string | undefined {
    SPACE.lastIndex = this.position;
    SPACE.exec(this.text);
    pattern.lastIndex = this.lookedAt = SPACE.lastIndex;
    const token = pattern.exec(this.text)?.[0];
    if (token !== undefined) this.position = this.lookedAt + token.length;
    return token;
  }

  takeKeyword(keyword: string): boolean {
    const before = this.position;
    if (this.take(IDENTIFIER) === keyword) return true;
    this.position = before;
    return false;
  }

  *restOfComments(): Generator<{ readonly comment: string; readonly line: number }> {
    COMMENT_OR_LITERAL.lastIndex = this.position;
    for (let match; (match = COMMENT_OR_LITERAL.exec(this.text));) {
      const next = COMMENT_OR_LITERAL.lastIndex;
      if (match[0].startsWith('//')) yield { comment: match[0], line: this.lineOf(match.index) };
      COMMENT_OR_LITERAL.lastIndex = next;
    }
  }

  /** Asked for ever later offsets, so that every line is counted once. */
  private lineOf(offset: number): number {
    for (; this.countedTo < offset; this.countedTo++) {
      if (this.text.charCodeAt(this.countedTo) === 10) this.lines++;
    }
    return this.lines;
  }
}
