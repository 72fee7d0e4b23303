import type { Judgement, Verdict } from '../budgets/judgement';
import type { LimitKind, SizeKind } from '../budgets/limits';
import { formatDifference, formatShare, formatShareAbove, formatSize } from '../budgets/sizes';
import { amountOf } from '../measuring/image-sizes';
import type { Comparison, SizedPlatform } from '../measuring/measured-image';
import { NO_COLOR, type Palette } from './palette';
import { type Cell, type Column, table } from './table';

/** What the table shows of a project, or of the sum of several: what `image-size` and `sum` write as JSON has it all. */
export interface TableProject {
  readonly project: string;
  readonly platforms: readonly (SizedPlatform & { readonly comparison?: Comparison })[];
}

/**
 * A table of one or many projects: unpacked and compressed, base and app apart, what else has a limit, what changed where there is a
 * baseline, and how much of the budget is used.
 */
export function sizeTable(projects: readonly TableProject[], palette: Palette = NO_COLOR): string {
  const hasChange = projects.some(({ platforms }) =>
    platforms.some(({ comparison }) => comparison !== undefined && comparison.state !== 'untracked'),
  );
  const columns = COLUMNS.filter((column) => hasChange || column !== CHANGE);
  const rows = projects.flatMap(({ project, platforms }) =>
    platforms.flatMap((platform, at) =>
      platform.judgements.filter(isShown).map((judgement, index): Cell[] => {
        const isFirst = index === 0;
        const names = [isFirst && at === 0 ? project : '', isFirst ? platform.platform : ''];
        const change = hasChange ? [changeCell(judgement, platform.comparison, palette)] : [];
        return [
          ...names,
          ...amountCells(judgement, platform, palette),
          ...change,
          ...budgetCells(judgement, palette),
        ];
      }),
    ),
  );
  return table(columns, rows);
}

const CHANGE: Column = { title: 'Change', align: 'right' };

const COLUMNS: readonly Column[] = [
  { title: 'Project' },
  { title: 'Platform' },
  { title: 'Size' },
  { title: 'Total', align: 'right' },
  { title: 'Base', align: 'right' },
  { title: 'App', align: 'right' },
  CHANGE,
  { title: 'Limit', align: 'right' },
  { title: 'Used' },
];

/** The two sizes of every image; of the rest, what somebody has written a limit for. */
function isShown({ kind, verdict }: Judgement): boolean {
  return kind === 'unpacked' || kind === 'compressed' || verdict.outcome !== 'unlimited';
}

function amountCells(judgement: Judgement, { sizes }: SizedPlatform, palette: Palette): readonly Cell[] {
  if (judgement.kind === 'growth') return [growthName(judgement.of), '', '', ''];
  const { kind, amount } = judgement;
  const total: Cell = { text: formatAmount(kind, amount), style: palette.bold };
  if (kind !== 'unpacked' && kind !== 'compressed') return [kind, total, '', ''];
  return [kind, total, formatSize(sizes[kind].baseBytes), formatSize(sizes[kind].appBytes)];
}

/** What the growth of a size is called; unless said otherwise, it is the unpacked one that grows. */
export function growthName(of: SizeKind): string {
  return of === 'unpacked' ? 'growth' : `growth of ${of}`;
}

/** An amount for a person: a size, or a number of layers. */
export function formatAmount(kind: LimitKind | 'growth', amount: number): string {
  return kind === 'layers' ? String(amount) : formatSize(amount);
}

function changeCell(judgement: Judgement, comparison: Comparison | undefined, palette: Palette): Cell {
  if (comparison === undefined || comparison.state === 'untracked') return '';
  if (comparison.state === 'new') return { text: 'new', style: palette.dim };
  const change =
    judgement.kind === 'growth'
      ? judgement.amount
      : judgement.amount - (amountOf(comparison.was, judgement.kind) ?? Number.NaN);
  if (change === undefined || Number.isNaN(change)) return '';
  if (change === 0) return { text: '0', style: palette.dim };
  if (judgement.kind === 'layers') return change > 0 ? `+${change}` : String(change);
  return formatDifference(change);
}

function budgetCells({ kind, amount, verdict }: Judgement, palette: Palette): readonly [Cell, Cell] {
  if (verdict.outcome === 'unlimited') return [{ text: 'none', style: palette.dim }, ''];
  const { text } = verdict.limit;
  if (verdict.outcome === 'incomparable' || amount === undefined) {
    return [text, { text: 'nothing to compare with', style: palette.dim }];
  }
  const share = Math.max(0, amount) / Math.max(1, verdict.allowed);
  const used = `${bar(share)} ${usedShare(amount, verdict)}`;
  if (verdict.outcome === 'over') {
    return [text, { text: `${used}, ${formatAmount(kind, verdict.over)} over`, style: palette.red }];
  }
  return [text, { text: used, style: share > 0.9 ? palette.yellow : palette.green }];
}

/** How much of a limit is used: `51%`; of a limit that is broken never `100%`. */
export function usedShare(
  amount: number,
  { outcome, allowed }: Extract<Verdict, { readonly allowed: number }>,
): string {
  const [used, all] = [Math.max(0, amount), Math.max(1, allowed)];
  return outcome === 'over' && used > all ? formatShareAbove(used, all, 1) : formatShare(used, all);
}

const BAR_WIDTH = 10;

/** Full only at the limit and beyond. */
function bar(share: number): string {
  const filled = Math.min(BAR_WIDTH, Math.floor(share * BAR_WIDTH));
  return '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
}
