import type { Judgement, Verdict } from '../budgets/judge';
import { formatShare, formatSize } from '../budgets/sizes';
import { NO_COLOR, type Palette } from './palette';
import { type Cell, type Column, table } from './table';

/** The sizes of a project's image, as `dist/image-sizes/<project>.json` holds them. */
export interface ProjectSizes {
  readonly project: string;
  /** Both kinds of size for each platform. */
  readonly sizes: readonly Judgement[];
}

const COLUMNS: readonly Column[] = [
  { title: 'Project' },
  { title: 'Platform' },
  { title: 'Size' },
  { title: 'Total', align: 'right' },
  { title: 'Base', align: 'right' },
  { title: 'App', align: 'right' },
  { title: 'Limit', align: 'right' },
  { title: 'Used' },
];

/** A table of one or many projects: unpacked and compressed, base and app apart, and how much of the budget is used. */
export function sizeTable(projects: readonly ProjectSizes[], palette: Palette = NO_COLOR): string {
  const rows = projects.flatMap(({ project, sizes }) =>
    sizes.map((judgement, index): Cell[] => [
      index === 0 ? project : '',
      sizes[index - 1]?.platform === judgement.platform ? '' : judgement.platform,
      judgement.kind,
      { text: formatSize(judgement.totalBytes), style: palette.bold },
      formatSize(judgement.baseBytes),
      formatSize(judgement.appBytes),
      ...budgetCells(judgement.totalBytes, judgement.verdict, palette),
    ]),
  );
  return table(COLUMNS, rows);
}

function budgetCells(bytes: number, verdict: Verdict, palette: Palette): [Cell, Cell] {
  if (verdict.outcome === 'unlimited') return [{ text: 'none', style: palette.dim }, ''];
  const share = bytes / verdict.limit.bytes;
  const used = `${bar(share)} ${formatShare(bytes, verdict.limit.bytes)}`;
  if (verdict.outcome === 'over') {
    return [
      verdict.limit.text,
      { text: `${used}, ${formatSize(verdict.overBytes)} over`, style: palette.red },
    ];
  }
  return [verdict.limit.text, { text: used, style: share > 0.9 ? palette.yellow : palette.green }];
}

const BAR_WIDTH = 10;

/** Full only at the limit and beyond. */
function bar(share: number): string {
  const filled = Math.min(BAR_WIDTH, Math.floor(share * BAR_WIDTH));
  return '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
}
