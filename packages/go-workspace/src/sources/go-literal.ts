const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};
const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([abfnrtv\\"]))/g;

/**
 * The value of a Go string literal, quoted with `"` or with backquotes (https://go.dev/ref/spec#String_literals);
 * undefined where it is none.
 */
export function unquote(literal: string): string | undefined {
  const quote = literal.charAt(0);
  const body = literal.slice(1, -1);
  if (literal.length < 2 || !literal.endsWith(quote)) return undefined;
  if (quote === '`') return body.includes('`') ? undefined : body.replaceAll('\r', '');
  if (quote !== '"' || /["\n\\]/.test(body.replace(ESCAPE, ''))) return undefined;
  return body.includes('\\') ? unescape(body) : body;
}

/** Escapes may spell single bytes of UTF-8, so the value is put together from bytes. */
function unescape(body: string): string {
  const parts: Buffer[] = [];
  let at = 0;
  for (const match of body.matchAll(ESCAPE)) {
    parts.push(Buffer.from(body.slice(at, match.index)), escaped(match));
    at = match.index + match[0].length;
  }
  return Buffer.concat([...parts, Buffer.from(body.slice(at))]).toString('utf8');
}

function escaped([, hex, short, long, octal, letter]: RegExpMatchArray): Buffer {
  if (hex !== undefined) return Buffer.from([parseInt(hex, 16)]);
  if (octal !== undefined) return Buffer.from([parseInt(octal, 8) & 0xff]);
  const codePoint = parseInt(short ?? long ?? '', 16);
  if (Number.isNaN(codePoint)) return Buffer.from(ESCAPES[letter ?? ''] ?? '');
  return Buffer.from(String.fromCodePoint(Math.min(codePoint, 0x10ffff)));
}
