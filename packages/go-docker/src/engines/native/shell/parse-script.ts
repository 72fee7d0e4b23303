import { UnknownScript, type CaseCommand, type Script, type SimpleCommand, type Statement } from './script';
import { tokensOf, type Token } from './tokens';

/**
 * Reads the shell script of a RUN.
 *
 * @throws UnknownScript for what is more than assignments, simple commands and `case`, joined by `;`, `&&` and `||`.
 */
export function parseScript(text: string): Script {
  const parser = new Parser(tokensOf(text));
  const script = parser.script([]);
  parser.expectEnd();
  return script;
}

const OTHER_SYNTAX = new Set([
  'if',
  'for',
  'while',
  'until',
  'function',
  '{',
  '}',
  '!',
  '[[',
  'select',
  'time',
]);

class Parser {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  /** Reads statements up to one of these words or operators. */
  script(ends: readonly string[]): Script {
    const statements: Statement[] = [];
    let joined: Statement['joined'] = 'then';
    for (;;) {
      while (this.takes(';')) joined = 'then';
      const next = this.tokens[this.at];
      if (next === undefined || ends.includes(next.text)) return statements;
      statements.push({ joined, command: this.command() });
      joined = this.takes('&&') ? 'and' : this.takes('||') ? 'or' : 'then';
      const after = this.tokens[this.at];
      if (joined !== 'then' || after === undefined || ends.includes(after.text)) continue;
      if (!this.takes(';')) throw new UnknownScript(`has a "${after.text}"`);
    }
  }

  expectEnd(): void {
    const rest = this.tokens[this.at];
    if (rest) throw new UnknownScript(`has a "${rest.text}"`);
  }

  private command(): SimpleCommand | CaseCommand {
    const first = this.tokens[this.at];
    if (first?.kind !== 'word') throw new UnknownScript(`has a "${first?.text ?? 'missing command'}"`);
    if (OTHER_SYNTAX.has(first.text)) throw new UnknownScript(`uses "${first.text}" of the shell`);
    return first.text === 'case' ? this.caseCommand() : this.simpleCommand();
  }

  private simpleCommand(): SimpleCommand {
    const assignments: [string, string][] = [];
    const words: string[] = [];
    for (let token = this.tokens[this.at]; token?.kind === 'word'; token = this.tokens[++this.at]) {
      const [, name, value] = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(token.text) ?? [];
      if (words.length === 0 && name !== undefined) assignments.push([name, value ?? '']);
      else words.push(token.text);
    }
    return { kind: 'simple', assignments, words };
  }

  private caseCommand(): CaseCommand {
    this.at++;
    const word = this.word();
    this.skipBreaks();
    if (this.word() !== 'in') throw new UnknownScript('has a "case" without its "in"');
    const arms: CaseCommand['arms'][number][] = [];
    for (this.skipBreaks(); !this.takes('esac'); this.skipBreaks()) {
      this.takes('(');
      const patterns = [this.word()];
      while (this.takes('|')) patterns.push(this.word());
      if (!this.takes(')')) throw new UnknownScript('has a "case" with a pattern without its ")"');
      arms.push({ patterns, body: this.script([';;', 'esac']) });
      this.takes(';;');
    }
    return { kind: 'case', word, arms };
  }

  private word(): string {
    const token = this.tokens[this.at++];
    if (token?.kind !== 'word') throw new UnknownScript('has a "case" that cannot be read');
    return token.text;
  }

  private skipBreaks(): void {
    while (this.takes(';'));
  }

  private takes(text: string): boolean {
    const isNext = this.tokens[this.at]?.text === text;
    if (isNext) this.at++;
    return isNext;
  }
}
