/** How a registry wants to be shown who asks. https://www.rfc-editor.org/rfc/rfc9110#name-www-authenticate */
export interface Challenge {
  /** In small letters. */
  readonly scheme: string;
  /** Names in small letters. */
  readonly parameters: Readonly<Record<string, string>>;
}

const PARAMETER = /^\s*([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))\s*(?:,|$)/;

/** @returns The challenges of a `WWW-Authenticate` header, in its order; what cannot be read is left out. */
export function parseChallenges(header: string): readonly Challenge[] {
  const challenges: Challenge[] = [];
  let rest = header;
  for (;;) {
    const [whole, scheme] = /^[\s,]*([A-Za-z][\w-]*)(?=\s|,|$)(?!\s*=)/.exec(rest) ?? [];
    if (whole === undefined || scheme === undefined) return challenges;
    rest = rest.slice(whole.length);
    const parameters: Record<string, string> = {};
    for (let match = PARAMETER.exec(rest); match; match = PARAMETER.exec(rest)) {
      const [text, name = '', quoted, plain] = match;
      parameters[name.toLowerCase()] = quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '';
      rest = rest.slice(text.length);
    }
    challenges.push({ scheme: scheme.toLowerCase(), parameters });
  }
}
