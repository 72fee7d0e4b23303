import { GoWorkspaceError } from '../errors';
import type { WorkspacePath } from '../files/workspace-path';

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
/** A comment, a quoted string, a punctuation mark, or a word (which ends before a comment). */
const TOKEN =
  /\/\/.*|"(?:\\.|[^"\\])*"|`[^`]*`|[()[\]{},]|(?:(?!\/\/)[^\s()[\]{},"`])(?:(?!\/\/)[^\s()[\]{},])*/y;

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
  const end = source.trimEnd().length;
  let at = source.length - source.trimStart().length;
  while (at < end) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(source)?.[0];
    if (token === undefined) throw syntaxError(file, line, 'a string that does not end on its line');
    if (token.startsWith('//')) return { tokens, line, comment: token.slice(2).trim() };
    if (token.includes('/*')) throw syntaxError(file, line, 'comments here start with //, not with /*');
    tokens.push(token);
    at += token.length;
    while (/\s/.test(source.charAt(at))) at++;
  }
  return { tokens, line, comment: '' };
}

/** An error in the grammar of a go.mod or go.work. */
export function syntaxError(file: WorkspacePath, line: number, what: string): GoWorkspaceError {
  return new GoWorkspaceError(what, {
    location: { file, line },
    advice: `Correct the line; ${file.endsWith('.work') ? 'https://go.dev/ref/mod#go-work-file' : 'https://go.dev/ref/mod#go-mod-file'} says what may stand there.`,
  });
}
