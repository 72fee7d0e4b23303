import { unquote } from './go-literal';
import { quotedEnd, rawStringEnd } from './go-scanner';
import { IS_SPACE, trimSpace } from './go-space';

export interface EmbedPattern {
  readonly pattern: string;
  readonly line: number;
}

/** What may hold the start of a comment without being one, and comments. */
const COMMENT_OR_LITERAL = /["'`/]/g;

/** The patterns of all `//go:embed` lines of a Go file, wherever they stand: the compiler says which are out of place. */
export function readEmbeds(text: string): EmbedPattern[] {
  const embeds: EmbedPattern[] = [];
  // Most files that import embed have two or three such lines, so the line is counted where one is found.
  let line = 1;
  let countedTo = 0;
  for (let at = 0; (at = nextCommentOrLiteral(text, at)) >= 0;) {
    const end = commentOrLiteralEnd(text, at);
    if (text.startsWith('//go:embed', at)) {
      for (let next; (next = text.indexOf('\n', countedTo)) >= 0 && next < at; countedTo = next + 1) line++;
      for (const pattern of parseEmbedComment(text.slice(at, end))) embeds.push({ pattern, line });
    }
    at = end;
  }
  return embeds;
}

function nextCommentOrLiteral(text: string, from: number): number {
  COMMENT_OR_LITERAL.lastIndex = from;
  return COMMENT_OR_LITERAL.test(text) ? COMMENT_OR_LITERAL.lastIndex - 1 : -1;
}

function commentOrLiteralEnd(text: string, start: number): number {
  const first = text.charAt(start);
  if (first !== '/') {
    const end = first === '`' ? rawStringEnd(text, start) : quotedEnd(text, start, first);
    // What does not end is a mistake that ends with its line, or in backquotes with the file.
    return end < 0 ? endOr(text, text.indexOf(first === '`' ? '`' : '\n', start + 1)) : end;
  }
  const second = text.charAt(start + 1);
  if (second === '/') return endOr(text, text.indexOf('\n', start));
  if (second !== '*') return start + 1;
  const end = text.indexOf('*/', start + 2);
  return end < 0 ? text.length : end + 2;
}

function endOr(text: string, found: number): number {
  return found < 0 ? text.length : found;
}

/** The patterns of one comment; none where it is badly formed, which the compiler reports. */
function parseEmbedComment(comment: string): string[] {
  const args = comment.slice('//go:embed'.length);
  return args === '' || !IS_SPACE.test(args.charAt(0)) ? [] : (parseEmbedPatterns(args) ?? []);
}

/** Patterns apart by blanks, each bare or a Go string (go/ast, Directive.ParseArgs); undefined where a string does not end. */
function parseEmbedPatterns(args: string): string[] | undefined {
  const patterns: string[] = [];
  for (let rest = trimSpace(args); rest !== ''; rest = trimSpace(rest)) {
    const quote = rest.charAt(0);
    const isQuoted = quote === '"' || quote === '`';
    const end = isQuoted ? stringEnd(rest, quote) : bareEnd(rest);
    const pattern = isQuoted && end > 0 ? unquote(rest.slice(0, end)) : rest.slice(0, end);
    if (end <= 0 || pattern === undefined) return undefined;
    if (end < rest.length && !IS_SPACE.test(rest.charAt(end))) return undefined;
    patterns.push(pattern);
    rest = rest.slice(end);
  }
  return patterns;
}

function stringEnd(text: string, quote: string): number {
  return quote === '`' ? rawStringEnd(text, 0) : quotedEnd(text, 0, quote);
}

function bareEnd(text: string): number {
  const end = text.search(IS_SPACE);
  return end < 0 ? text.length : end;
}
