import { posix } from 'node:path';
import { shown, type BytePath } from '../files/byte-path';

/** The rules of an ignore file. (https://docs.docker.com/build/concepts/context/#dockerignore-files) */
export interface IgnoreRules {
  /**
   * Whether a path is left out: the last rule that matches it, or a folder that it lies in, decides. Of a folder that is not left out no exception
   * is looked at, so that it lets in nothing below it that an earlier rule leaves out; that is how BuildKit reads the file.
   */
  isIgnored(path: BytePath): boolean;
  /** Whether something below a folder that is left out may be let in again. */
  mayLetInBelow(folder: BytePath): boolean;
}

/** @param text Of the ignore file, one character for each byte. */
export function ignoreRules(text: string): IgnoreRules {
  const rules = text
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .split('\n')
    .flatMap(readRule);
  const ofFolders = new Map<string, readonly boolean[]>();
  const matchesOfFolder = (folder: string): readonly boolean[] => {
    const known = ofFolders.get(folder) ?? matchesOf(folder);
    ofFolders.set(folder, known);
    return known;
  };
  const matchesOf = (path: string): readonly boolean[] => {
    const end = path.lastIndexOf('/');
    return matchingRules(rules, path, end < 0 ? [] : matchesOfFolder(path.slice(0, end)));
  };
  return {
    isIgnored(path) {
      const last = matchesOf(shown(path)).lastIndexOf(true);
      return rules[last]?.isException === false;
    },
    mayLetInBelow: (folder) => rules.some((rule) => rule.isException && mayMatchBelow(rule.parts, folder)),
  };
}

/**
 * For each rule whether it matches a path. Those that cannot change what the rules before them say are not looked at, and match nothing.
 * (https://github.com/moby/patternmatcher/blob/v0.6.0/patternmatcher.go, MatchesUsingParentResults)
 *
 * @param ofParent What the rules said of the folder that it lies in.
 */
function matchingRules(
  rules: readonly Rule[],
  path: string,
  ofParent: readonly boolean[],
): readonly boolean[] {
  let isLeftOut = false;
  return rules.map(({ isException, matches }, at) => {
    const isMatch = ofParent[at] === true || (isException === isLeftOut && matches.test(path));
    if (isMatch) isLeftOut = !isException;
    return isMatch;
  });
}

interface Rule {
  readonly isException: boolean;
  readonly parts: readonly string[];
  readonly matches: RegExp;
}

function readRule(line: string): readonly Rule[] {
  if (line.startsWith('#')) return [];
  const trimmed = line.trim();
  const isException = trimmed.startsWith('!');
  const pattern = isException ? trimmed.slice(1).trim() : trimmed;
  if (pattern === '') return [];
  const clean = posix.normalize(pattern).replace(/\/+$/, '');
  const rooted = clean.length > 1 ? clean.replace(/^\//, '') : clean;
  if (rooted === '' || rooted === '.') return [];
  return [
    { isException, parts: rooted.split('/'), matches: new RegExp(`^${sourceOf(shown(rooted))}$`, 'su') },
  ];
}

/** https://github.com/moby/patternmatcher/blob/v0.6.0/patternmatcher.go */
function sourceOf(pattern: string): string {
  let source = '';
  const characters = [...pattern];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? '';
    if (character === '*' && characters[at + 1] === '*') {
      at += characters[at + 2] === '/' ? 2 : 1;
      source += at + 1 >= characters.length ? '.*' : '(.*/)?';
    } else if (character === '*') source += '[^/]*';
    else if (character === '?') source += '[^/]';
    else if (character === '[' || character === ']') source += character;
    else if (character === '\\' && at + 1 < characters.length) source += quoted(characters[++at] ?? '');
    else source += quoted(character);
  }
  return source;
}

function quoted(character: string): string {
  return /[.$^(){}+|\\/*?[\]]/.test(character) ? `\\${character}` : character;
}

function mayMatchBelow(parts: readonly string[], folder: BytePath): boolean {
  for (const [at, name] of folder.split('/').entries()) {
    const part = parts[at];
    // A rule that ends above the folder has let in, or not, all that is below it.
    if (part === undefined) return true;
    if (part.includes('**')) return true;
    if (!/[*?[\\]/.test(part) && part !== name) return false;
  }
  return true;
}
