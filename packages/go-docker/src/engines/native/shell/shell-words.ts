import { trimmed } from '../dockerfile/trim-pattern';
import { UnknownScript, type RawWord } from './script';

/**
 * The value of a variable.
 *
 * @param isNeeded Whether the shell would end where there is none and `set -u` forbids that: nothing stands in its place.
 */
export type ShellLookup = (name: string, isNeeded: boolean) => string | undefined;

/**
 * What the shell makes of a word: variables are filled in, what of them stands between no quotes is split at white space.
 * (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_06)
 *
 * @throws UnknownScript for what only a shell knows, such as `$?`, and for names that it would look up in folders.
 */
export function shellFields(word: RawWord, lookup: ShellLookup): readonly string[] {
  const fields: string[] = [];
  let field: string | undefined;
  for (const { text, quoted } of partsOf(word, lookup)) {
    if (quoted) {
      field = (field ?? '') + text;
      continue;
    }
    const [first = '', ...rest] = text.split(/[ \t\n]+/);
    if (first !== '') field = (field ?? '') + first;
    for (const next of rest) {
      if (field !== undefined) fields.push(field);
      field = next === '' ? undefined : next;
    }
  }
  return field === undefined ? fields : [...fields, field];
}

/** A word where the shell does not split: the value of an assignment, the word of a `case`. @throws UnknownScript */
export function shellText(word: RawWord, lookup: ShellLookup): string {
  return partsOf(word, lookup)
    .map(({ text }) => text)
    .join('');
}

/** A pattern of `case`: what stood between quotes stands for itself. @throws UnknownScript */
export function shellPatternText(word: RawWord, lookup: ShellLookup): string {
  return partsOf(word, lookup, true)
    .map(({ text, quoted }) => (quoted ? text.replace(/[\\*?[\]]/g, '\\$&') : text))
    .join('');
}

interface Part {
  readonly text: string;
  /** Whether it is taken as it is: it stood between quotes, or is no variable. */
  readonly quoted: boolean;
}

const PART =
  /'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"|\\([\s\S])|\$\{(\w+)(?:(:?[-+]|##?|%%?)((?:[^{}'"\\])*))?\}|\$([A-Za-z_]\w*|\d)|([^'"\\$]+)|([\s\S])/g;

function partsOf(word: RawWord, lookup: ShellLookup, isPattern = false): readonly Part[] {
  return [...word.matchAll(PART)].flatMap(
    ([, single, double, escaped, braced, operator, operand, name, plain, other]) => {
      if (single !== undefined) return { text: single, quoted: true };
      if (double !== undefined) return { text: doubleQuoted(double, lookup), quoted: true };
      if (escaped !== undefined) return escaped === '\n' ? [] : { text: escaped, quoted: true };
      if (other !== undefined) {
        throw new UnknownScript(`has a "${other}" that cannot be read`);
      }
      if (plain !== undefined) {
        if (!isPattern && /[*?[~]/.test(plain)) throw new UnknownScript(`looks up names (${word})`);
        return { text: plain, quoted: !isPattern };
      }
      return { text: variable(braced ?? name ?? '', operator, operand ?? '', lookup), quoted: false };
    },
  );
}

function doubleQuoted(text: string, lookup: ShellLookup): string {
  return text.replace(
    /\\([$`"\\\n])|\$\{(\w+)(?:(:?[-+]|##?|%%?)([^{}]*))?\}|\$([A-Za-z_]\w*|\d)|\$/g,
    (whole, ...groups) => {
      const [escaped, braced, operator, operand, name] = groups as (string | undefined)[];
      if (escaped !== undefined) return escaped === '\n' ? '' : escaped;
      if (braced === undefined && name === undefined)
        throw new UnknownScript(`has a "${whole}" that cannot be read`);
      return variable(braced ?? name ?? '', operator, operand ?? '', lookup);
    },
  );
}

function variable(name: string, operator: string | undefined, operand: string, lookup: ShellLookup): string {
  const value = lookup(name, operator === undefined || /^[#%]/.test(operator));
  if (operator === undefined) return value ?? '';
  if (/^[#%]/.test(operator)) return trimmed(value ?? '', operator, trimPattern(operand));
  const word = shellText(operand.replaceAll('"', ''), lookup);
  const isSet = value !== undefined && !(operator.startsWith(':') && value === '');
  if (operator.endsWith('+')) return isSet ? word : '';
  return isSet ? value : word;
}

/** What of it stood between quotes would stand for itself, and what a variable holds may be either. */
function trimPattern(operand: string): string {
  const [sign] = /["'$]/.exec(operand) ?? [];
  if (sign !== undefined) throw new UnknownScript(`has a pattern with ${sign} in it (${operand})`);
  return operand;
}
