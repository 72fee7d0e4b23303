import { GoWorkspaceError } from '../errors';
import type { WorkspacePath } from '../files/workspace-path';
import { quotedEnd, rawStringEnd } from '../sources/go-scanner';

/** One directive of a go.mod or go.work: a line, or a line of a block. */
export interface Statement {
  readonly verb: string;
  /** The tokens after the verb, quoted ones still quoted. */
  readonly args: readonly string[];
  readonly line: number;
  /** The text of the comment at the line's end, without the slashes. */
  readonly comment: string;
}

/**
 * The directives of a go.mod or go.work, blocks taken apart (https://go.dev/ref/mod#go-mod-file-lexical).
 *
 * @throws GoWorkspaceError with the line that breaks the grammar.
 */
export function parseStatements(text: string, file: WorkspacePath): Statement[] {
  const statements: Statement[] = [];
  let block: { readonly verb: string; readonly line: number } | undefined;
  for (const line of tokenLines(text, file)) {
    const [verb, ...args] = line.tokens;
    if (verb === undefined) continue;
    if (block) {
      if (verb !== ')') statements.push({ ...line, verb: block.verb, args: line.tokens });
      else if (args.length === 0) block = undefined;
      else throw syntaxError(file, line.line, 'text after the closing parenthesis of a block');
    } else if (args.at(-1) === '(') {
      if (args.length > 1) throw syntaxError(file, line.line, `unknown block: ${line.tokens.join(' ')}`);
      block = { verb, line: line.line };
    } else if (args.at(-2) !== '(' || args.at(-1) !== ')') {
      statements.push({ ...line, verb, args });
    } else if (args.length > 2) {
      throw syntaxError(file, line.line, `unknown block: ${line.tokens.join(' ')}`);
    }
  }
  if (block) throw syntaxError(file, block.line, `the block \`${block.verb} (\` is never closed`);
  return statements;
}

interface TokenLine {
  readonly tokens: readonly string[];
  readonly line: number;
  readonly comment: string;
}

/** What git, Mercurial and others leave at the start of a line. */
const MERGE_MARKER = /^(<{7}|\|{7}|={7}|>{7})(\s|$)/;
const PUNCTUATION = '()[]{},';
/** What ends a word. */
const WORD_END = /[\s()[\]{},]|\/\//g;
/** What nearly every word is made of: asking Unicode takes longer than all the rest. */
const PLAIN = /^[!-~]*$/;
/** What cannot be in a word, and does not separate words either (unicode.IsPrint). */
const UNPRINTABLE = /[\p{C}\p{Z}]/u;

function* tokenLines(text: string, file: WorkspacePath): Generator<TokenLine> {
  if (text.startsWith('\uFEFF')) {
    throw new GoWorkspaceError('a byte order mark, which the go command does not take here', {
      location: { file, line: 1 },
      advice: 'Save the file as UTF-8 without a byte order mark.',
    });
  }
  let line = 0;
  for (const source of text.split('\n')) {
    line++;
    if (MERGE_MARKER.test(source)) {
      throw new GoWorkspaceError('a marker of a merge that was not finished', {
        location: { file, line },
        advice: 'Resolve the conflict and remove the lines with <<<<<<<, ======= and >>>>>>>.',
      });
    }
    yield tokenLine(source, file, line);
  }
}

function tokenLine(source: string, file: WorkspacePath, line: number): TokenLine {
  const tokens: string[] = [];
  for (let at = skipBlanks(source, 0); at < source.length;) {
    if (source.startsWith('//', at)) return { tokens, line, comment: source.slice(at + 2).trim() };
    const end = tokenEnd(source, at);
    if (end < 0) throw syntaxError(file, line, 'a string that does not end on its line');
    const token = source.slice(at, end);
    if (token.includes('/*')) throw syntaxError(file, line, 'comments here start with //, not with /*');
    if (end === at || (!PLAIN.test(token) && !isQuote(token.charAt(0)) && UNPRINTABLE.test(token)))
      throw syntaxError(file, line, 'a character that cannot be printed');
    tokens.push(token);
    at = skipBlanks(source, end);
  }
  return { tokens, line, comment: '' };
}

/** -1 where a string does not end, `start` where no token can begin. */
function tokenEnd(source: string, start: number): number {
  const first = source.charAt(start);
  if (PUNCTUATION.includes(first)) return start + 1;
  if (first === '`') return rawStringEnd(source, start);
  if (first === '"') return quotedEnd(source, start, first);
  WORD_END.lastIndex = start;
  return WORD_END.exec(source)?.index ?? source.length;
}

function isQuote(character: string): boolean {
  return character === '"' || character === '`';
}

function skipBlanks(source: string, start: number): number {
  let at = start;
  while (at < source.length && ' \t\r'.includes(source.charAt(at))) at++;
  return at;
}

/** An error in the grammar of a go.mod or go.work. */
export function syntaxError(file: WorkspacePath, line: number, what: string): GoWorkspaceError {
  return new GoWorkspaceError(what, {
    location: { file, line },
    advice: `Correct the line; ${file.endsWith('.work') ? 'https://go.dev/ref/mod#go-work-file' : 'https://go.dev/ref/mod#go-mod-file'} says what may stand there.`,
  });
}
