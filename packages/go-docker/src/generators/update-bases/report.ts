import type { Move } from '../../bases/move';
import type { MovedBases } from '../../bases/moved-bases';
import { table } from '../../reports/table';

/** What moved from where to where, and why the rest did not. */
export function report({ moves, problems }: MovedBases): string {
  const rows = new Map<string, { move: Move; files: string[] }>();
  for (const move of moves) {
    const key = JSON.stringify([move.what, move.from, move.to]);
    const row = rows.get(key) ?? { move, files: [] };
    row.files.push(move.file);
    rows.set(key, row);
  }
  const columns = [{ title: 'moved' }, { title: 'from' }, { title: 'to' }, { title: 'in' }];
  const moved = [...rows.values()].map(({ move: { what, from, to }, files }) => [
    what,
    shortened(from ?? '–'),
    shortened(to),
    files.length > 2 ? `${files.length} files` : files.join(', '),
  ]);
  return [
    moved.length > 0 ? table(columns, moved) : 'Everything that was asked for is current.',
    ...problems.map(({ message }) => `\nNot moved: ${message}`),
  ].join('\n');
}

/** Twelve digits tell digests apart; the files have all of them. */
function shortened(text: string): string {
  return text.replace(/^(sha256:[0-9a-f]{12})[0-9a-f]+$/, '$1…');
}
