import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compile } from 'ejs';
import { formatSize } from '../../budgets/sizes';
import type { MeasuredPlatform } from '../../measuring/measured-image';
import {
  changeOf,
  changeText,
  countText,
  hasChanged,
  isOver,
  platformTotals,
  type ReportedImage,
  standingOf,
  standingText,
  type WorkspaceReport,
} from '../workspace-report';
import { type BudgetBar, budgetBars, partsText } from './budget-bar';
import { historyLine } from './history-line';
import { pageData, rowId } from './page-data';

/** In the order in which they stand in the one script of the page. */
const SCRIPTS = ['parts.js', 'treemap.js', 'detail.js', 'rows.js'] as const;

/**
 * The report as one page that needs nothing else: no network, no other file. A row for each image and platform; with JavaScript a row opens
 * to show what its bytes are spent on.
 *
 * @param title For example the name of the workspace.
 */
export function htmlReport(report: WorkspaceReport, title: string): string {
  const page = compile(read('page.html.ejs'), { escape: escapeHtml });
  return page({
    title,
    summary: standingText(standingOf(report)),
    totals: platformTotals(report).map(({ platform, images, sizes }) => ({
      platform,
      unpacked: formatSize(sizes.unpacked.totalBytes),
      compressed: formatSize(sizes.compressed.totalBytes),
      images: countText(images),
    })),
    rows: report.images.flatMap((image) => image.platforms.map((platform) => rowOf(image, platform))),
    style: read('page.css'),
    // `<` can end the element that the data or the script stands in.
    data: JSON.stringify(pageData(report.images)).replaceAll('<', '\\u003c'),
    script: script(),
    footer:
      'Unpacked: the layers as tar archives. Compressed: the layers as a registry stores them. The map shows unpacked bytes.',
  });
}

interface Row {
  readonly id: string;
  readonly project: string;
  readonly platform: string;
  readonly isOver: boolean;
  readonly hasChanged: boolean;
  readonly unpackedBytes: number;
  readonly unpacked: string;
  readonly unpackedParts: string;
  readonly compressedBytes: number;
  readonly compressed: string;
  readonly compressedParts: string;
  readonly changeBytes: number;
  readonly changes: readonly { readonly direction: 'more' | 'less' | 'same'; readonly text: string }[];
  readonly budgets: readonly BudgetBar[];
  /** Of the limit that is used most. */
  readonly used: number;
  /** HTML. */
  readonly history: string;
}

function rowOf({ project, history }: ReportedImage, measured: MeasuredPlatform): Row {
  const { platform, sizes, judgements, comparison } = measured;
  const budgets = budgetBars(judgements, sizes);
  const change = changeOf(measured, 'unpacked');
  return {
    id: rowId(project, platform),
    project,
    platform,
    isOver: isOver(measured),
    hasChanged: hasChanged(measured),
    unpackedBytes: sizes.unpacked.totalBytes,
    unpacked: formatSize(sizes.unpacked.totalBytes),
    unpackedParts: partsText(sizes.unpacked),
    compressedBytes: sizes.compressed.totalBytes,
    compressed: formatSize(sizes.compressed.totalBytes),
    compressedParts: partsText(sizes.compressed),
    // A new image has come whole.
    changeBytes: comparison.state === 'new' ? sizes.unpacked.totalBytes : (change ?? 0),
    changes: changeLines(measured),
    budgets,
    used: Math.max(0, ...budgets.map(({ used }) => used)),
    history: historyLine(history, platform, sizes.unpacked.totalBytes),
  };
}

function changeLines(measured: MeasuredPlatform): Row['changes'] {
  const { comparison } = measured;
  if (comparison.state === 'untracked') return [{ direction: 'same', text: 'not tracked' }];
  if (comparison.state === 'new') return [{ direction: 'more', text: 'new' }];
  return (['unpacked', 'compressed'] as const).map((kind) => {
    const change = changeOf(measured, kind) ?? 0;
    const direction = change === 0 ? 'same' : change > 0 ? 'more' : 'less';
    return { direction, text: `${changeText(measured, kind, comparison.was)} ${kind}` };
  });
}

/** One script in a scope of its own, after the library that lays out its map. */
function script(): string {
  const library = join(dirname(require.resolve('d3-hierarchy')), '../dist/d3-hierarchy.min.js');
  const own = SCRIPTS.map((name) => read(`client/${name}`)).join('\n');
  return [readFileSync(library, 'utf8'), `(() => {\n'use strict';\n${own}})();`]
    .join('\n')
    .replaceAll('</script', '<\\/script');
}

function read(name: string): string {
  return readFileSync(join(__dirname, name), 'utf8');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(value: unknown): string {
  return String(value ?? '').replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);
}
