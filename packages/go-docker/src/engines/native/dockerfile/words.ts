import type { SourceLocation } from '../../../errors';
import { refusal } from '../refusal';
import { jsonWords } from '../../../dockerfile/reading/context-words';

/** Words of an instruction that takes a JSON array or plain words, such as COPY and VOLUME. */
export function plainOrJsonWords(rest: string): readonly string[] {
  return jsonWords(rest) ?? rest.split(/\s+/).filter((word) => word !== '');
}

/** `[name, value]` for each pair, with its quotes and variables as they stand; undefined for a name alone. */
export type Pair = readonly [name: string, value: string | undefined];

/**
 * The pairs of ENV, LABEL and ARG.
 *
 * @param escape The escape character of the Dockerfile.
 * @throws GoDockerError for a word without `=` among others.
 */
export function pairs(rest: string, escape: string, location: SourceLocation): readonly Pair[] {
  const words = quotedWords(rest, escape);
  if (words[0] !== undefined && !words[0].includes('=')) {
    // The form that takes the rest of the line for one value.
    const [, name = '', value] = /^(\S+)\s+([\s\S]*)$/.exec(rest) ?? [undefined, rest];
    return [[name, value]];
  }
  return words.map((word) => {
    const at = word.indexOf('=');
    if (at > 0) return [word.slice(0, at), word.slice(at + 1)];
    throw refusal(`cannot read "${word}": there is no value`, location, 'write it as name=value');
  });
}

/** The words of an ARG: each a name, or a name and a value. */
export function argumentPairs(rest: string, escape: string): readonly Pair[] {
  return quotedWords(rest, escape).map((word) => {
    const at = word.indexOf('=');
    return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
  });
}

/** Splits at white space that stands neither between quotes nor behind the escape character; those stay in the words. */
function quotedWords(text: string, escape: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (quote === '' && /\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    word = (word ?? '') + character;
    if (character === escape && quote !== "'" && at + 1 < text.length) word += text[++at];
    else if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
  }
  return word === undefined ? words : [...words, word];
}
