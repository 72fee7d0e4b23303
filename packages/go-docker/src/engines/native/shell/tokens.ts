import { UnknownScript } from './script';

/** A word, or an operator such as `;` and `&&`; a line's end is `;`. */
export interface Token {
  readonly kind: 'word' | 'operator';
  readonly text: string;
}

const OPERATORS = [';;', '&&', '||', ';', '(', ')', '|'] as const;

/**
 * (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_03)
 *
 * @throws UnknownScript for what starts other programs, or reads and writes files.
 */
export function tokensOf(script: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < script.length) {
    const rest = script.slice(at);
    const operator = OPERATORS.find((each) => rest.startsWith(each));
    const skipped = /^(?:[ \t\r]+|\\\n|#[^\n]*)/.exec(rest)?.[0];
    if (skipped !== undefined) at += skipped.length;
    else if (rest.startsWith('\n') || operator !== undefined) {
      tokens.push({ kind: 'operator', text: operator ?? ';' });
      at += operator?.length ?? 1;
    } else {
      const word = wordAt(script, at);
      tokens.push({ kind: 'word', text: word });
      at += word.length;
    }
  }
  return tokens;
}

function wordAt(script: string, start: number): string {
  let at = start;
  let braces = 0;
  for (; at < script.length; at++) {
    const character = script[at] ?? '';
    if (character === '`' || script.startsWith('$(', at)) {
      throw new UnknownScript('takes the output of a program');
    }
    if (character === '\\') at++;
    else if (character === "'") at = endOf(script, at, "'");
    else if (character === '"') at = endOf(script, at, '"');
    else if (script.startsWith('${', at)) braces++;
    else if (character === '}' && braces > 0) braces--;
    else if (/[<>&]/.test(character) && !script.startsWith('&&', at))
      throw new UnknownScript(`has a "${character}"`);
    else if (braces === 0 && /[\s;&|()]/.test(character)) break;
  }
  return script.slice(start, at);
}

function endOf(script: string, start: number, quote: string): number {
  for (let at = start + 1; at < script.length; at++) {
    if (script[at] === quote) return at;
    if (quote === '"' && (script[at] === '`' || script.startsWith('$(', at))) {
      throw new UnknownScript('takes the output of a program');
    }
    if (quote === '"' && script[at] === '\\') at++;
  }
  throw new UnknownScript(`has no closing ${quote}`);
}
