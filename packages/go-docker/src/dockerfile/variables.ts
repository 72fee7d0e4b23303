/** Names and values that `ARG` and `ENV` give; undefined for an argument without a default. */
export type Variables = ReadonlyMap<string, string | undefined>;

/**
 * A word of a Dockerfile with its quotes taken off and its variables filled in.
 * (https://docs.docker.com/reference/dockerfile/#environment-replacement)
 *
 * @returns undefined where the word depends on a value that only the build knows.
 */
export function expandWord(word: string, variables: Variables, escape: string): string | undefined {
  let known = true;
  const lookup = (name: string): string | undefined => {
    const value = variables.get(name);
    if (value === undefined && variables.has(name)) known = false;
    return value;
  };
  const expand = (text: string): string =>
    text.replace(
      pattern,
      (match: string, braced?: string, operator?: string, rest?: string, plain?: string) => {
        if (match.startsWith('\\') || match.startsWith('`'))
          return match.startsWith(escape) ? match.slice(1) : match;
        if (match === '"' || match === "'") return '';
        const value = lookup(braced ?? plain ?? '');
        if (operator === ':-' || operator === '-')
          return value || (value === '' && operator === '-') ? value : expand(rest ?? '');
        if (operator === ':+' || operator === '+') return value ? expand(rest ?? '') : '';
        if (operator !== undefined) known = false;
        if (value === undefined) known = false;
        return value ?? '';
      },
    );
  const expanded = expand(word);
  return known ? expanded : undefined;
}

/** An escaped character, a quote, `${name}` with an operator and its word, or `$name`. */
const pattern = /[\\`].|["']|\$\{(\w+)(?:(:?[-+?]|%%?|##?|\/\/?)([^}]*))?\}|\$(\w+)/g;
