const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  ...{ a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' },
  ...{ '\\': '\\', '"': '"' },
};

/**
 * @param quoted A string literal of Go's, with its quotes. https://go.dev/ref/spec#String_literals
 * @returns The string, or undefined where it is no such literal.
 */
export function unquote(quoted: string): string | undefined {
  const inner = quoted.slice(1, -1);
  if (quoted.length < 2 || quoted[0] !== quoted.at(-1)) return undefined;
  if (quoted[0] === '`') return inner.includes('`') ? undefined : inner.replaceAll('\r', '');
  if (quoted[0] !== '"') return undefined;
  return decodeEscapes(inner);
}

const PART =
  /\\(?:x([0-9a-fA-F]{2})|([0-7]{3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([abfnrtv\\"]))|([^\\"\n]+)/gy;

function decodeEscapes(inner: string): string | undefined {
  const bytes: Buffer[] = [];
  let end = 0;
  for (const match of inner.matchAll(PART)) {
    end = match.index + match[0].length;
    const [, hex, octal, short4, long8, letter, plain] = match;
    const byte = hex !== undefined ? parseInt(hex, 16) : octal !== undefined ? parseInt(octal, 8) : undefined;
    const codePoint = parseInt(short4 ?? long8 ?? '0', 16);
    if ((byte ?? 0) > 0xff || codePoint > 0x10ffff) return undefined;
    // \x and \ooo are single bytes, which make up a character only together with their neighbours.
    if (byte !== undefined) bytes.push(Buffer.from([byte]));
    else if (letter !== undefined) bytes.push(Buffer.from(SHORT_ESCAPES[letter] ?? ''));
    else bytes.push(Buffer.from(plain ?? String.fromCodePoint(codePoint)));
  }
  return end === inner.length ? Buffer.concat(bytes).toString('utf8') : undefined;
}
