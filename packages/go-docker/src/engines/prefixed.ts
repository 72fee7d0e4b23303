/** A text with the same words before each of its lines, so that those of several builds can be told apart. */
export function prefixed(text: string, prefix: string): string {
  return text.trimEnd().replace(/^/gm, () => prefix);
}

/**
 * The same for a text that comes in pieces, which need not end where a line does.
 *
 * @param write Is given whole lines.
 */
export function linePrefixer(prefix: string, write: (text: string) => void): (piece: string) => void {
  if (prefix === '') return write;
  let begun = '';
  return (piece) => {
    const lines = (begun + piece).split('\n');
    begun = lines.pop() ?? '';
    for (const line of lines) write(`${prefix}${line}\n`);
  };
}
