import { isBreach } from '../budgets/judgement';
import { formatDifference } from '../budgets/sizes';
import type { MeasuredImage, MeasuredPlatform, PartChange } from '../measuring/measured-image';
import { baselineName, bytesOfChange, changeNote, partName, shownFiles } from './part-change';
import { printable } from '../printable';

/**
 * What changed in an image since its baseline: which modules, packages and files of it grew or shrank, are new or gone. One text for each platform
 * that differs and breaks no budget, since the report of a breach says it too; which programs nobody can tell anything of, and where
 * a limit on growth has nothing to compare with.
 *
 * @param target What measured it, as Nx calls it.
 */
export function changeReport(
  image: MeasuredImage,
  target = `${image.project}:image-size`,
): readonly string[] {
  return [
    ...image.platforms.flatMap((platform) => changesOf(image, platform)),
    ...image.platforms.flatMap(notBrokenDown),
    ...(image.platforms.some(awaitsBaseline) ? [howToCompare(image, target)] : []),
  ];
}

const SHOWN_CHANGES = 5;

function changesOf(image: MeasuredImage, measured: MeasuredPlatform): readonly string[] {
  const { platform, comparison } = measured;
  if (comparison.state !== 'compared' || measured.judgements.some(isBreach)) return [];
  const lines = [
    ...changeLines('module', comparison.modules),
    ...changeLines('package', comparison.packages),
    ...changeLines('program', comparison.unattributed),
    ...changeLines('file', shownFiles(comparison, measured)),
  ];
  if (lines.length === 0) return [];
  return [`${platform}, since ${baselineName(image)}:\n${lines.join('\n')}`];
}

function changeLines(sort: string, changes: readonly PartChange[]): readonly string[] {
  const lines = changes.slice(0, SHOWN_CHANGES).map((change) => {
    const difference = formatDifference(bytesOfChange(change));
    return `  ${difference.padStart(8)}  ${sort.padEnd(7)}  ${printable(`${partName(change)}${changeNote(change)}`)}`;
  });
  const hidden = changes.length - lines.length;
  const rest = `  ${' '.repeat(8)}  ${' '.repeat(7)}  and ${hidden} more`;
  return hidden > 0 ? [...lines, rest] : lines;
}

function notBrokenDown({ platform, programs }: MeasuredPlatform): readonly string[] {
  return programs.flatMap(({ path, breakdown }) =>
    'unknown' in breakdown
      ? [`${platform}: ${printable(`${path} is not broken down by package: ${breakdown.unknown}`)}`]
      : [],
  );
}

/** A limit that holds nothing must not look as if it did. */
function awaitsBaseline({ comparison, judgements }: MeasuredPlatform): boolean {
  return comparison.state === 'untracked' && judgements.some(({ kind }) => kind === 'growth');
}

function howToCompare({ baseline: { file } }: MeasuredImage, target: string): string {
  return `There is no ${file} that the image could have grown from.\n→ write it, and commit it: nx run ${target} --update`;
}
