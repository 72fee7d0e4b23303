/** A text as Go's `%q` writes it. (https://pkg.go.dev/strconv#Quote) */
export function goQuoted(text: string): string {
  const escaped = [...text].map((character) => {
    const code = character.codePointAt(0) ?? 0;
    const short = SHORT[character];
    if (short !== undefined) return short;
    if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, '0')}`;
    return /[\p{C}\p{Z}]/u.test(character) && character !== ' ' ? unicode(code) : character;
  });
  return `"${escaped.join('')}"`;
}

/** A list of texts as Go's `%q` writes it. */
export function goQuotedList(texts: readonly string[]): string {
  return `[${texts.map(goQuoted).join(' ')}]`;
}

/** A whole number as Go's `%q` writes it: the character that it stands for. */
export function goQuotedNumber(value: number): string {
  const quoted = goQuoted(String.fromCodePoint(value)).slice(1, -1);
  return `'${quoted === "'" ? "\\'" : quoted === '\\"' ? '"' : quoted}'`;
}

/** Nanoseconds. */
export type Duration = number;

const UNITS: Readonly<Record<string, Duration>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/** A duration as Go reads it: `1m30s`. @returns undefined for a text that is none. (https://pkg.go.dev/time#ParseDuration) */
export function parseDuration(text: string): Duration | undefined {
  if (text === '0') return 0;
  if (!/^(\d+(\.\d*)?(ns|us|µs|ms|s|m|h))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+(?:\.\d*)?)(ns|us|µs|ms|s|m|h)/g)];
  return Math.round(
    parts.reduce((sum, [, value, unit]) => sum + Number(value) * (UNITS[unit ?? ''] ?? 0), 0),
  );
}

/** A duration of whole milliseconds as Go writes it. (https://pkg.go.dev/time#Duration.String) */
export function formatDuration(duration: Duration): string {
  if (duration === 0) return '0s';
  if (duration < 1e9) return `${duration / 1e6}ms`;
  const hours = Math.floor(duration / 3600e9);
  const minutes = Math.floor((duration % 3600e9) / 60e9);
  const seconds = `${(duration % 60e9) / 1e9}s`;
  return hours > 0 ? `${hours}h${minutes}m${seconds}` : minutes > 0 ? `${minutes}m${seconds}` : seconds;
}

const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

function unicode(code: number): string {
  return code > 0xffff
    ? `\\U${code.toString(16).padStart(8, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}
