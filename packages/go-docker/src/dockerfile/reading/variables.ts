/** Names and values that `ARG` and `ENV` give; undefined for an argument without a default. */
export type Variables = ReadonlyMap<string, string | undefined>;

/**
 * A word of a Dockerfile with its quotes taken off and its variables filled in.
 * (https://docs.docker.com/reference/dockerfile/#environment-replacement)
 *
 * @param escape The escape character of the Dockerfile, `\` or a backtick.
 * @returns undefined where the word depends on a value that only the build knows.
 */
export function expandWord(word: string, variables: Variables, escape: string): string | undefined {
  let known = true;
  const valueOf = (name: string, operator?: string, rest = ''): string => {
    const value = variables.get(name);
    const isArgument = value === undefined && variables.has(name);
    if (!isArgument && operator === ':-') return value || expand(rest);
    if (!isArgument && operator === '-') return value ?? expand(rest);
    if (!isArgument && operator === ':+') return value ? expand(rest) : '';
    if (!isArgument && operator === '+') return value === undefined ? '' : expand(rest);
    if (value === undefined || operator !== undefined) known = false;
    return value ?? '';
  };
  const expand = (text: string): string =>
    text.replace(escape === '\\' ? backslash : backtick, (_match, ...groups: (string | undefined)[]) => {
      const [escaped, quote, braced, operator, rest, plain] = groups;
      if (quote !== undefined) return '';
      return escaped ?? valueOf(braced ?? plain ?? '', operator, rest);
    });
  const expanded = expand(word);
  return known ? expanded : undefined;
}

/** A quote, `${name}` with an operator and its word, or `$name`. */
const special = /(["'])|\$\{(\w+)(?:(:?[-+?]|%%?|##?|\/\/?)([^}]*))?\}|\$(\w+)/;
const backslash = new RegExp(String.raw`\\(.)|${special.source}`, 'g');
const backtick = new RegExp('`(.)|' + special.source, 'g');
