import { formatDifference, formatSize } from '../budgets/sizes';
import type { MeasuredPlatform, PartChange } from '../measuring/measured-image';
import { baselineName, bytesOfChange } from '../reports/part-change';
import { growthName, usedShare } from '../reports/size-table';
import { partChanges } from './part-changes';
import {
  changeText,
  countText,
  hasChanged,
  isOver,
  platformTotals,
  type ReportedImage,
  standingOf,
  standingText,
  type WorkspaceReport,
} from './workspace-report';

/** By this line a comment of an earlier run is found again. */
export const MARKER = '<!-- go-docker report -->';

/** A comment on GitHub holds 65,536 characters, one on GitLab more. The pipeline of GitHub cuts after so many bytes. */
const MOST_BYTES = 60_000;

/**
 * The report as Markdown for a comment on a pull request, or a summary of a job: first what is over its budget or has changed, then what has not,
 * folded. It begins with {@link MARKER}.
 */
export function markdownReport(report: WorkspaceReport): string {
  const head = `${MARKER}\n## Image sizes: ${standingText(standingOf(report))}`;
  if (report.images.length === 0) return `${head}\n`;
  const rows = report.images.flatMap((image) => image.platforms.map((platform) => ({ image, platform })));
  const isNotable = ({ platform }: ReportRow) => isOver(platform) || hasChanged(platform);
  // What fails the job comes first: there may be no room for all.
  const notable = [...rows.filter(isNotable)].sort(
    (one, other) => Number(isOver(other.platform)) - Number(isOver(one.platform)),
  );
  const others = rows.filter((row) => !isNotable(row));
  const same = others.filter((row) => !isUntracked(row));
  const untracked = others.filter(isUntracked);
  const sections = [
    head,
    ...(notable.length > 0
      ? [tableOf(notable)]
      : [same.length > 0 ? 'Nothing has changed.' : 'There is no image-size.json to compare with.']),
    ...notable.flatMap(whatChanged),
    ...foldedRows(same, 'without a change'),
    ...foldedRows(untracked, 'with nothing to compare with'),
    totalsLine(report),
  ];
  return `${fitting(sections).join('\n\n')}\n`;
}

interface ReportRow {
  readonly image: ReportedImage;
  readonly platform: MeasuredPlatform;
}

function isUntracked({ platform }: ReportRow): boolean {
  return platform.comparison.state === 'untracked';
}

/** An image for several platforms has several rows, and is one image. */
function foldedRows(rows: readonly ReportRow[], what: string): readonly string[] {
  const images = new Set(rows.map(({ image }) => image)).size;
  return images > 0 ? [folded(`${countText(images)} ${what}`, tableOf(rows))] : [];
}

const TABLE_HEAD = '| Image | Unpacked | Change | Compressed | Change | Budgets |';

function tableOf(rows: readonly ReportRow[]): string {
  return [
    TABLE_HEAD,
    '| --- | ---: | ---: | ---: | ---: | --- |',
    ...rows.map(({ image, platform }) => {
      const { unpacked, compressed } = platform.sizes;
      return `| ${nameOf(image, platform)} | ${formatSize(unpacked.totalBytes)} | ${changeCell(platform, 'unpacked')} | ${formatSize(compressed.totalBytes)} | ${changeCell(platform, 'compressed')} | ${budgetText(platform)} |`;
    }),
  ].join('\n');
}

function nameOf({ project, platforms }: ReportedImage, { platform }: MeasuredPlatform): string {
  return platforms.length > 1 ? `${literal(project)} ${platform}` : literal(project);
}

function changeCell(platform: MeasuredPlatform, kind: 'unpacked' | 'compressed'): string {
  const { comparison } = platform;
  if (comparison.state === 'new') return 'new';
  return comparison.state === 'compared' ? changeText(platform, kind, comparison.was) : '';
}

function budgetText({ judgements }: MeasuredPlatform): string {
  return judgements
    .flatMap((judgement) => {
      const { verdict, amount } = judgement;
      if (verdict.outcome === 'unlimited' || verdict.outcome === 'incomparable' || amount === undefined)
        return [];
      const name = judgement.kind === 'growth' ? growthName(judgement.of) : judgement.kind;
      const text = `${usedShare(amount, verdict)} of ${verdict.limit.text} ${name}`;
      return [verdict.outcome === 'over' ? `❌ **${text}**` : text];
    })
    .join('<br>');
}

const MOST_PARTS = 10;

function whatChanged({ image, platform }: ReportRow): readonly string[] {
  const { comparison } = platform;
  if (comparison.state !== 'compared') return [];
  const changes = partChanges(comparison, platform);
  if (changes.length === 0) return [];
  const lines = changes
    .slice(0, MOST_PARTS)
    .map(
      ([sort, change]) => `| ${formatDifference(bytesOfChange(change))} | ${sort} | ${partText(change)} |`,
    );
  const more = changes.length - lines.length;
  const name = image.platforms.length > 1 ? `${image.project} for ${platform.platform}` : image.project;
  return [
    folded(
      `What changed in ${literal(name)} since ${literal(baselineName(image))}`,
      [
        '| Bytes | | |',
        '| ---: | --- | --- |',
        ...lines,
        ...(more > 0 ? ['', `and ${more} smaller changes`] : []),
      ].join('\n'),
    ),
  ];
}

function partText({ name, version, wasVersion, state }: PartChange): string {
  // What a program or a committed file calls a version need not be one.
  const now = version === undefined ? '' : literal(version);
  const was = wasVersion === undefined ? '' : literal(wasVersion);
  const versions = was && now ? `${was} → ${now}` : was ? `(was ${was})` : now;
  const note = state === 'changed' ? '' : state === 'unlisted' ? ' (not named before)' : ` (${state})`;
  return `${literal(name)}${versions === '' ? '' : ` ${versions}`}${note}`;
}

function totalsLine(report: WorkspaceReport): string {
  const totals = platformTotals(report).map(
    ({ platform, images, sizes: { unpacked, compressed } }) =>
      `${countText(images)} for ${platform}: ${formatSize(unpacked.totalBytes)} unpacked, ${formatSize(compressed.totalBytes)} compressed`,
  );
  return `${totals.join('. ')}.`;
}

function folded(summary: string, text: string): string {
  return `<details><summary>${summary}</summary>\n\n${text}\n\n</details>`;
}

/** As much as there is room for, the last section always. */
function fitting(sections: readonly string[]): readonly string[] {
  const last = sections.at(-1) ?? '';
  const taken: string[] = [];
  let room = MOST_BYTES - bytesOf(last) - bytesOf(TOO_LONG);
  for (const section of sections.slice(0, -1)) {
    const left = room;
    room -= bytesOf(section);
    if (room < 0) return [...taken, ...firstRows(section, left), TOO_LONG, last];
    taken.push(section);
  }
  return [...taken, last];
}

const TOO_LONG =
  'The rest is too long for a comment. All of it: `nx run-many -t image-size && npx go-docker report --output=report.html`';

/** The lines of a table that there is room for; nothing of what is folded, which would stay open. */
function firstRows(section: string, room: number): readonly string[] {
  if (!section.startsWith(TABLE_HEAD)) return [];
  const taken: string[] = [];
  let left = room;
  for (const line of section.split('\n')) {
    left -= bytesOf(line);
    if (left < 0) break;
    taken.push(line);
  }
  return [taken.join('\n')];
}

/** With the line ends behind it. */
function bytesOf(text: string): number {
  return Buffer.byteLength(text) + 2;
}

/**
 * A text as code, in which nothing means anything to Markdown or HTML, and no `@name` calls a person. As HTML, because it also stands in
 * tables and in HTML.
 */
function literal(text: string): string {
  const escaped = text
    .replace(/[\r\n]+/g, ' ')
    .replace(/[&<>|\\`*_[\]~$]/g, (letter) => `&#${letter.charCodeAt(0)};`);
  return `<code>${escaped}</code>`;
}
