const TAB = 9;
const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const CLOSE = 41;
const STAR = 42;
const SLASH = 47;
const SEMICOLON = 59;
const BACKSLASH = 92;

const UNICODE_IDENTIFIER = /[\p{L}_][\p{L}\p{Nd}_]*/uy;

/**
 * Reads a Go file token by token, as far as it is asked to (go/scanner). By character codes and not by patterns: thousands of files are
 * read whenever Nx starts, and a pattern that repeats a group runs out of stack on a long line.
 */
export class GoScanner {
  /** The end of what was read. */
  position: number;
  /** The line of `position`, counted from 1. */
  line = 1;
  /** The line of the last token; 0 before the first one. */
  tokenLine = 0;

  constructor(private readonly text: string) {
    // The go command drops one byte order mark, and the parser that it calls another.
    this.position = text.startsWith('\uFEFF\uFEFF') ? 2 : text.startsWith('\uFEFF') ? 1 : 0;
  }

  /** The line that lacks what was looked for: where a line ends too early, that line and not the next. */
  get problemLine(): number {
    return this.tokenLine || this.line;
  }

  /** Goes on to the next token, over blanks and comments. */
  skipSpace(): void {
    const { text } = this;
    let at = this.position;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === NEWLINE) this.line++;
      else if (code === SLASH) {
        this.position = at;
        if (!this.skipComment()) return;
        at = this.position;
        continue;
      } else if (code !== SPACE && code !== TAB && code !== CARRIAGE_RETURN) break;
      at++;
    }
    this.position = at;
  }

  /** @returns whether there is a comment. */
  private skipComment(): boolean {
    const { text } = this;
    const second = text.charCodeAt(this.position + 1);
    if (second === SLASH) {
      const newline = text.indexOf('\n', this.position + 2);
      this.position = newline < 0 ? text.length : newline;
      return true;
    }
    if (second !== STAR) return false;
    const end = text.indexOf('*/', this.position + 2);
    if (end < 0) {
      this.tokenLine = this.line;
      this.position = text.length;
      throw new SyntaxError('a comment that does not end');
    }
    for (let at = this.position; (at = text.indexOf('\n', at)) >= 0 && at < end; at++) this.line++;
    this.position = end + 2;
    return true;
  }

  /** Takes one character where it is the next token. */
  takeCharacter(code: number): boolean {
    this.skipSpace();
    if (this.text.charCodeAt(this.position) !== code) return false;
    this.tokenLine = this.line;
    this.position++;
    return true;
  }

  takeKeyword(keyword: string): boolean {
    this.skipSpace();
    const end = this.position + keyword.length;
    if (!this.text.startsWith(keyword, this.position) || this.identifierEnd(end) > end) return false;
    this.tokenLine = this.line;
    this.position = end;
    return true;
  }

  takeIdentifier(): string | undefined {
    this.skipSpace();
    const start = this.position;
    const first = this.text.charCodeAt(start);
    const end = isDigit(first) ? start : this.identifierEnd(start);
    if (end === start) return undefined;
    this.tokenLine = this.line;
    this.position = end;
    return this.text.slice(start, end);
  }

  private identifierEnd(start: number): number {
    const { text } = this;
    let at = start;
    let code = text.charCodeAt(at);
    while (isAsciiLetter(code) || isDigit(code)) code = text.charCodeAt(++at);
    if (!(code >= 0x80)) return at;
    // Letters of other scripts: what came before them is part of the match.
    UNICODE_IDENTIFIER.lastIndex = isDigit(text.charCodeAt(start)) ? at : start;
    return UNICODE_IDENTIFIER.test(text) ? UNICODE_IDENTIFIER.lastIndex : at;
  }

  /** Takes a string literal, with its quotes. */
  takeString(): string | undefined {
    this.skipSpace();
    const { text, position: start } = this;
    const end = text.charAt(start) === '`' ? rawStringEnd(text, start) : quotedEnd(text, start, '"');
    if (end === start) return undefined;
    this.tokenLine = this.line;
    if (end < 0) {
      const newline = text.charAt(start) === '`' ? -1 : text.indexOf('\n', start);
      this.position = newline < 0 ? text.length : newline;
      return undefined;
    }
    this.position = end;
    return text.slice(start, end);
  }

  /** Takes the end of a statement: a semicolon, or the newline or closing parenthesis that stands for one. */
  takeStatementEnd(): boolean {
    const { text } = this;
    const before = this.line;
    for (;;) {
      const code = text.charCodeAt(this.position);
      if (code === SPACE || code === TAB || code === CARRIAGE_RETURN) this.position++;
      else if (code === SEMICOLON || code === NEWLINE) {
        this.position++;
        if (code === NEWLINE) this.line++;
        return true;
      } else if (code !== SLASH || !this.skipComment()) {
        return Number.isNaN(code) || code === CLOSE || this.line > before;
      }
      if (this.line > before) return true;
    }
  }
}

/** The offset after a string in backquotes; -1 where it does not end. */
export function rawStringEnd(text: string, start: number): number {
  return text.indexOf('`', start + 1) + 1 || -1;
}

/** The offset after a string or rune literal, which ends on its line; `start` where none begins there, -1 where it does not end. */
export function quotedEnd(text: string, start: number, quote: string): number {
  const quoteCode = quote.charCodeAt(0);
  if (text.charCodeAt(start) !== quoteCode) return start;
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quoteCode) return at + 1;
    if (code === NEWLINE) return -1;
    // Any other escape ends with a character that does not matter here.
    const next = code === BACKSLASH ? text.charCodeAt(at + 1) : 0;
    if (next === quoteCode || next === BACKSLASH) at++;
  }
  return -1;
}

function isAsciiLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
