/** Text that stands in the Dockerfile itself. (https://docs.docker.com/reference/dockerfile/#here-documents) */
export interface Heredoc {
  readonly name: string;
  /** The name as it stands behind `<<`, which may be between quotes. */
  readonly quoted: string;
  readonly text: string;
  /** Whether variables in it are filled in: its name stands without quotes. */
  readonly expands: boolean;
}

/** @returns Whether a word of an instruction begins a heredoc. */
export function isHeredoc(word: string): boolean {
  return BEGIN.test(word);
}

/**
 * @param rest The instruction without its keyword and flags.
 * @param lines What follows it in the file.
 */
export function readHeredocs(rest: string, lines: readonly string[]): readonly Heredoc[] {
  let at = 0;
  return rest.split(/\s+/).flatMap((word) => {
    const [, dash, quoted = ''] = BEGIN.exec(word) ?? [];
    if (dash === undefined) return [];
    const name = quoted.replace(/["']/g, '');
    const body: string[] = [];
    for (; at < lines.length; at++) {
      const line = dash ? (lines[at] ?? '').replace(/^\t+/, '') : (lines[at] ?? '');
      if (line.replace(/\r$/, '') === name) break;
      body.push(`${line}\n`);
    }
    at++;
    return { name, quoted, text: body.join(''), expands: name === quoted };
  });
}

const BEGIN = /^<<(-?)(["']?[A-Za-z0-9_.]+["']?)$/;
