// The measured sections as Markdown, for the terminal and for docs/benchmarks.md.
import { ratio } from './figures.mjs';

/** @param {{ sections: object[], machine: string, command: string }} report `command`: what was run */
export function benchmarksPage({ sections, machine, command }) {
  const parts = sections.flatMap(({ title, tables, notes }) => [
    `### ${title}`,
    ...tables.map(table),
    ...notes,
  ]);
  return `${[
    '<!-- Written by `npm run bench:graph -- --write`. -->',
    '# Benchmarks',
    '## Graph',
    `Every figure here is from one run of \`${command}\` ([how, and why some are missed](../benchmarks/README.md)). Milliseconds are those of ` +
      'this machine; the ratios are what carries over.',
    machine,
    '### Targets',
    targetsTable(sections.flatMap(({ targets }) => targets)),
    ...parts,
  ].join('\n\n')}\n`;
}

export const isMet = ({ value, limit }) => value <= limit;

function targetsTable(targets) {
  const rows = targets.map((target) => [
    target.what,
    ratio(target.value),
    `≤ ${ratio(target.limit)}`,
    isMet(target) ? 'met' : '**missed**',
  ]);
  return table({ head: ['target', 'measured', 'limit', ''], rows });
}

function table({ head, rows }) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, at) => (at === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}
