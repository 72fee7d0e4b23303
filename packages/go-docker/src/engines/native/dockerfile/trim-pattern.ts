/**
 * `${name#pattern}` and its kin: the value without the shortest or longest beginning or end that matches.
 * (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_06_02)
 *
 * @param operator `#`, `##`, `%` or `%%`.
 */
export function trimmed(value: string, operator: string, pattern: string): string {
  const matches = shellPattern(pattern);
  const cuts = Array.from({ length: value.length + 1 }, (_, cut) => cut);
  const isLongest = operator.length === 2;
  if (operator.startsWith('#')) {
    const cut = (isLongest ? cuts.reverse() : cuts).find((at) => matches(value.slice(0, at)));
    return cut === undefined ? value : value.slice(cut);
  }
  const cut = (isLongest ? cuts : cuts.reverse()).find((at) => matches(value.slice(at)));
  return cut === undefined ? value : value.slice(0, cut);
}

/** Whether a text matches a pattern of the shell: `*`, `?` and `[…]`. */
export function shellPattern(pattern: string): (text: string) => boolean {
  const source = pattern.replace(/\\(.)|\[(!?)([^\]]+)\]|([*?])|[\s\S]/g, (character, ...groups) => {
    const [escaped, negation, set, wildcard] = groups as (string | undefined)[];
    if (wildcard !== undefined) return wildcard === '*' ? '[\\s\\S]*' : '[\\s\\S]';
    if (set !== undefined) return `[${negation ? '^' : ''}${set.replace(/[\\^[]/g, '\\$&')}]`;
    return (escaped ?? character).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  });
  const expression = new RegExp(`^${source}$`);
  return (text) => expression.test(text);
}
