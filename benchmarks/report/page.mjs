// What a benchmark has measured, as a section of docs/benchmarks.md.
import { ratio } from './figures.mjs';

const TITLE = '# Benchmarks';

/**
 * @param {string} title of the section; one benchmark has one
 * @param {{ sections: object[], machine: string, command: string }} report `command`: what was run
 * @returns {string} the section, for the terminal and for the page
 */
export function benchmarkSection(title, { sections, machine, command }) {
  const parts = sections.flatMap(({ title, tables, notes }) => [
    `### ${title}`,
    ...tables.map(table),
    ...notes,
  ]);
  return `${[
    `## ${title}`,
    `<!-- Written by \`${command.split(' -- ')[0]} -- --write\`. -->`,
    `Every figure here is from one run of \`${command}\` ([how, and why some are missed](../benchmarks/README.md)). Milliseconds are those of ` +
      'this machine; the ratios are what carries over.',
    machine,
    '### Targets',
    targetsTable(sections.flatMap(({ targets }) => targets)),
    ...parts,
  ].join('\n\n')}\n`;
}

/** @returns {string} the page with the section; what other benchmarks have written stays as it is */
export function withSection(page, section) {
  const [head, ...others] = page.split(/^(?=## )/m);
  const titleOf = (text) => text.slice(0, text.indexOf('\n'));
  const at = others.findIndex((other) => titleOf(other) === titleOf(section));
  if (at >= 0) others[at] = section;
  else others.push(section);
  return [head.trim() === '' ? TITLE : head, ...others].map((part) => part.trimEnd()).join('\n\n') + '\n';
}

/** @param {{ value: number, limit: number }} target */
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
