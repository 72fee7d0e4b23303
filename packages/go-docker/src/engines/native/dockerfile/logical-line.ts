/** The first line of an instruction, with the lines that continue it. */
export interface LogicalLine {
  readonly text: string;
  /** How many lines of the file it takes. */
  readonly length: number;
}

/**
 * Joins the lines of an instruction as BuildKit does: what continues a line keeps its indentation, comments and empty lines between
 * are left out. (https://docs.docker.com/reference/dockerfile/#escape)
 *
 * @param escape The escape character: `\` or a backtick.
 */
export function logicalLine(lines: readonly string[], escape: string): LogicalLine {
  const continued = escape === '`' ? /(^|[^`])`[ \t]*$/ : /(^|[^\\])\\[ \t]*$/;
  let text = '';
  for (const [at, ended] of lines.entries()) {
    const line = ended.replace(/\r$/, '');
    if (at > 0 && (/^\s*#/.test(line) || line.trim() === '')) continue;
    text += line.replace(continued, '$1');
    if (!continued.test(line)) return { text, length: at + 1 };
  }
  return { text, length: lines.length };
}
