import { trimmed } from './trim-pattern';

/** The value of a variable; undefined where it is not set. */
export type Lookup = (name: string) => string | undefined;

/** How a text is read. */
export interface WordSyntax {
  /** The escape character of the Dockerfile. */
  readonly escape: string;
  /** Quotes stay: the text of a heredoc. */
  readonly raw?: boolean;
}

/** A word that cannot be read; the message says why, without a full stop. */
export class UnreadableWord extends Error {
  override readonly name = 'UnreadableWord';
}

/**
 * A word of a Dockerfile with its quotes taken off and its variables filled in.
 * (https://docs.docker.com/reference/dockerfile/#environment-replacement)
 *
 * @throws UnreadableWord for a quote or a brace without its end, and for a variable that the word itself says must be set.
 */
export function expandWord(text: string, lookup: Lookup, syntax: WordSyntax): string {
  return new Expansion(text, lookup, syntax).until('');
}

class Expansion {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly lookup: Lookup,
    private readonly syntax: WordSyntax,
  ) {}

  /** Reads up to `end` and over it; '' is the end of the text. */
  until(end: string): string {
    let result = '';
    for (;;) {
      const character = this.text[this.at];
      if (character === undefined) {
        if (end === '') return result;
        throw new UnreadableWord(`"${this.text}" has no closing ${end}`);
      }
      this.at++;
      if (character === end) return result;
      if (character === '$') result += this.variable();
      else if (character === this.syntax.escape) result += this.escaped(end);
      else if (character === "'" && end !== '"' && !this.syntax.raw) result += this.singleQuoted();
      else if (character === '"' && end !== '"' && !this.syntax.raw) result += this.until('"');
      else result += character;
    }
  }

  private escaped(end: string): string {
    const { escape } = this.syntax;
    const next = this.text[this.at];
    if (next === undefined) return '';
    // Between double quotes only these lose their escape; elsewhere everything does.
    const isSpecial = next === '$' || next === escape || next === '"';
    this.at++;
    return end === '"' && !isSpecial ? escape + next : next;
  }

  private singleQuoted(): string {
    const end = this.text.indexOf("'", this.at);
    if (end < 0) throw new UnreadableWord(`"${this.text}" has no closing '`);
    const quoted = this.text.slice(this.at, end);
    this.at = end + 1;
    return quoted;
  }

  private variable(): string {
    if (this.text[this.at] === '{') return this.braced();
    const [name] = /^(?:[\p{L}_][\p{L}\p{Nd}_]*|\p{Nd}+|[@*#?!$-])/u.exec(this.text.slice(this.at)) ?? [];
    if (name === undefined) return '$';
    this.at += name.length;
    return this.lookup(name) ?? '';
  }

  private braced(): string {
    const [head, name = '', operator] =
      /^\{([\p{L}\p{Nd}_]+)(:[-+?]|[-+?]|##?|%%?|\})/u.exec(this.text.slice(this.at)) ?? [];
    if (head === undefined) throw new UnreadableWord(`"${this.text}" has a \${…} that cannot be read`);
    this.at += head.length;
    const value = this.lookup(name);
    if (operator === '}') return value ?? '';
    const word = this.until('}');
    if (operator?.startsWith('#') || operator?.startsWith('%')) return trimmed(value ?? '', operator, word);
    const isSet = value !== undefined && !(operator?.startsWith(':') && value === '');
    if (operator?.endsWith('+')) return isSet ? word : '';
    if (isSet) return value;
    if (operator?.endsWith('-')) return word;
    throw new UnreadableWord(`${name} is not set${word && `: ${word}`}`);
  }
}
