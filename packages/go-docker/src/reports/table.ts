/** A column of a table; numbers are easier to compare when they end under each other. */
export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/** A text, or a text that is shown in a style which has no width of its own. */
export type Cell = string | { readonly text: string; readonly style: (text: string) => string };

/** Lines of a table for the terminal: two spaces between columns, none at the end of a line. */
export function table(columns: readonly Column[], rows: readonly (readonly Cell[])[]): string {
  const lines = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, index) =>
    Math.max(...lines.map((line) => textOf(line[index] ?? '').length)),
  );
  return lines
    .map((line) =>
      columns
        .map(({ align }, index) => padded(line[index] ?? '', widths[index] ?? 0, align))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function padded(cell: Cell, width: number, align: Column['align']): string {
  const text = textOf(cell);
  const styled = typeof cell === 'string' ? cell : cell.style(cell.text);
  const space = ' '.repeat(width - text.length);
  return align === 'right' ? space + styled : styled + space;
}

function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}
