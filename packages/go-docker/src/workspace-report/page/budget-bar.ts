import type { Judgement } from '../../budgets/judgement';
import { formatSize } from '../../budgets/sizes';
import type { PlatformSizes } from '../../measuring/measured-image';
import { formatAmount, growthName, usedShare } from '../../reports/size-table';
import { whereWritten } from '../../reports/where-written';

/** How much of a limit an image uses, as a bar and in words. */
export interface BudgetBar {
  readonly state: 'within' | 'over' | 'incomparable';
  /** Of the bar, in percent of its width. */
  readonly parts: readonly { readonly kind: 'base' | 'app'; readonly width: number }[];
  readonly limitAt: number;
  readonly text: string;
  /** Where the limit is written. */
  readonly where: string;
  /** Of the limit; 1 is all of it. */
  readonly used: number;
}

/** A bar for every limit of an image. */
export function budgetBars(judgements: readonly Judgement[], sizes: PlatformSizes): readonly BudgetBar[] {
  return judgements.flatMap((judgement) => barOf(judgement, sizes) ?? []);
}

function barOf(judgement: Judgement, sizes: PlatformSizes): BudgetBar | undefined {
  const { verdict, amount } = judgement;
  if (verdict.outcome === 'unlimited') return undefined;
  const name = judgement.kind === 'growth' ? growthName(judgement.of) : judgement.kind;
  const where = whereWritten(verdict.limit);
  if (verdict.outcome === 'incomparable' || amount === undefined) {
    const text = `${name}: nothing to compare with, limit ${verdict.limit.text}`;
    return { state: 'incomparable', parts: [], limitAt: 100, text, where, used: 0 };
  }
  const allowed = Math.max(1, verdict.allowed);
  const full = Math.max(amount, allowed);
  const width = (bytes: number): number => Math.round((Math.max(0, bytes) / full) * 1000) / 10;
  const base = baseOf(judgement, sizes);
  const words =
    verdict.outcome === 'over'
      ? `${formatAmount(judgement.kind, verdict.over)} over ${verdict.limit.text}`
      : `${usedShare(amount, verdict)} of ${verdict.limit.text}`;
  return {
    state: verdict.outcome,
    parts: [
      ...(base > 0 ? [{ kind: 'base' as const, width: width(base) }] : []),
      { kind: 'app', width: width(amount - base) },
    ],
    limitAt: Math.min(99, width(allowed)),
    text: `${name}: ${words}`,
    where,
    used: Math.max(0, amount) / allowed,
  };
}

function baseOf({ kind }: Judgement, sizes: PlatformSizes): number {
  if (kind === 'unpacked' || kind === 'compressed') return sizes[kind].baseBytes;
  return kind === 'base' ? sizes.unpacked.baseBytes : 0;
}

/** `base 2.14 MB, app 5.55 MB` */
export function partsText({
  baseBytes,
  appBytes,
}: {
  readonly baseBytes: number;
  readonly appBytes: number;
}): string {
  return `base ${formatSize(baseBytes)}, app ${formatSize(appBytes)}`;
}
