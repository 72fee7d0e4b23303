import { adviceOn } from '../budgets/advice';
import { type AmountBreach, type Breach, isBreach } from '../budgets/judgement';
import type { GrowthLimit, Limit, LimitKind } from '../budgets/limits';
import { formatShare, formatShareAbove, formatSize } from '../budgets/sizes';
import { amountOf } from '../measuring/image-sizes';
import type { MeasuredImage, MeasuredPlatform } from '../measuring/measured-image';
import { explain } from './explanation';
import { howToAllow } from './raised-limit';
import { whereWritten } from './where-written';

/** What the kinds of limit mean to the person who pays for them. */
export const MEANING: Readonly<Record<LimitKind, string>> = {
  unpacked: 'the layers as tar archives: what the image takes on the disk of a node',
  compressed: 'the layers as a registry stores them: what a node pulls',
  binary: 'the programs that the Dockerfile added, as files',
  assets: 'the files that the Dockerfile added besides programs',
  base: 'the layers, as tar archives, that came with the image that FROM names',
  layers: 'their number, those of the base among them',
};

/**
 * What a person reads when an image breaks its budget: by how much, which limit and where it is written, what grew or is largest, what
 * would help, and how to allow more on purpose. One section for each limit that is broken, which names every platform.
 *
 * @param image With at least one breach.
 * @param target What measured it, as Nx calls it.
 */
export function breachReport(image: MeasuredImage, target = `${image.project}:image-size`): string {
  const breaches = image.platforms.flatMap(({ judgements }) => judgements.filter(isBreach));
  const names = [...new Set(breaches.map(nameOf))];
  const groups = names.map((name) => breaches.filter((breach) => nameOf(breach) === name));
  const worst = groups.flatMap((group) => worstOf(group) ?? []);
  return groups.map((group) => section(image, group, worst, target)).join('\n\n');
}

const nameOf = (breach: Breach) => (breach.kind === 'growth' ? `growth ${breach.of}` : breach.kind);

function worstOf(breaches: readonly Breach[]): Breach | undefined {
  return [...breaches].sort((a, b) => b.verdict.over - a.verdict.over)[0];
}

function section(
  image: MeasuredImage,
  breaches: readonly Breach[],
  ofAllKinds: readonly Breach[],
  target: string,
): string {
  const worst = worstOf(breaches);
  const platform = image.platforms.find((each) => each.platform === worst?.platform);
  if (!worst || !platform) return '';
  const { limit } = worst.verdict;
  const kind = worst.kind === 'growth' ? worst.of : worst.kind;
  const advice = adviceFor(worst, kind, platform);
  return [
    ...breaches.map((breach) => headline(image, breach)),
    `  ${kind}: ${MEANING[kind]}`,
    `  limit: ${limitText(limit)}, ${whereWritten(limit)}`,
    ...explain(kind, platform, image, breaches.length > 1),
    ...(advice.length > 0 ? ['', '  What would help:', ...advice.map((text) => `  - ${text}`)] : []),
    '',
    `  To allow more on purpose: ${worst.kind === 'growth' ? howToAccept(image, target) : howToAllow(worst, image.project, ofAllKinds.filter(isOfAmount))}`,
  ].join('\n');
}

function isOfAmount(breach: Breach): breach is AmountBreach {
  return breach.kind !== 'growth';
}

function headline(image: MeasuredImage, breach: Breach): string {
  const { platform, amount, verdict } = breach;
  const { limit, over, allowed } = verdict;
  const subject = `${image.project} for ${platform}`;
  if (breach.kind === 'layers') {
    return `${subject} has ${over} more ${over === 1 ? 'layer' : 'layers'} than its budget: ${amount} layers, the limit is ${limit.text}`;
  }
  if (breach.kind !== 'growth') {
    return `${subject} is ${formatSize(over)} (${formatShare(over, allowed)}) over its budget: ${formatSize(amount)} ${breach.kind}, the limit is ${limit.text}`;
  }
  const measured = image.platforms.find((each) => each.platform === platform);
  const now = (measured && amountOf(measured.sizes, breach.of)) ?? 0;
  const share = now > amount ? ` (${grownShare(amount, now - amount, breach.verdict.limit)})` : '';
  return `${subject} grew by ${formatSize(amount)}${share}, ${formatSize(over)} more than its budget allows: ${formatSize(now)} ${breach.of}, was ${formatSize(now - amount)}, the limit is ${limit.text}`;
}

function grownShare(amount: number, was: number, { most }: GrowthLimit): string {
  return 'share' in most ? formatShareAbove(amount, was, most.share) : formatShare(amount, was);
}

/** A limit on growth with what it comes to: `5%, but at least 10.0 kB`. */
function limitText(limit: Limit | GrowthLimit): string {
  if (limit.kind !== 'growth') return limit.text;
  const floor = limit.floor > 0 ? `, with a floor of ${formatSize(limit.floor)}` : '';
  return `${limit.text} of growth${floor}`;
}

/** Advice is judged by layers; for kinds that are no sum of layers, by the unpacked ones. */
function adviceFor(
  { verdict: { over } }: Breach,
  kind: LimitKind,
  { layers, sizes, programs, files }: MeasuredPlatform,
): readonly string[] {
  if (kind === 'layers') return [];
  const image = {
    layers,
    unpackedBytes: sizes.unpacked.totalBytes,
    compressedBytes: sizes.compressed.totalBytes,
  };
  const by = kind === 'compressed' ? kind : 'unpacked';
  return adviceOn({ image, kind: by, overBytes: over, programs, files });
}

function howToAccept({ baseline: { file } }: MeasuredImage, target: string): string {
  return `nx run ${target} --update writes what it is now to ${file}; commit that file with the change`;
}
