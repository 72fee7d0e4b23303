import { formatSize } from '../budgets/sizes';
import { breachReport } from '../reports/breach-report';
import { NO_COLOR, type Palette } from '../reports/palette';
import { sizeTable } from '../reports/size-table';
import { isOver, platformTotals, standingOf, standingText, type WorkspaceReport } from './workspace-report';

/** The report as lines for a terminal: the table of all images, what is over its budget and why, and the sum. */
export function terminalReport(report: WorkspaceReport, palette: Palette = NO_COLOR): string {
  if (report.images.length === 0) {
    return `${standingText(standingOf(report))}\n→ measure what you want to see: nx run-many -t image-size`;
  }
  const breaches = report.images.filter(({ platforms }) => platforms.some(isOver));
  return [
    sizeTable(report.images, palette),
    ...breaches.map((image) => breachReport(image)),
    [standingText(standingOf(report)), ...totals(report)].join('\n'),
  ].join('\n\n');
}

function totals(report: WorkspaceReport): readonly string[] {
  return platformTotals(report).map(
    ({ platform, images, sizes: { unpacked, compressed } }) =>
      `${platform}: ${images} together ${formatSize(unpacked.totalBytes)} unpacked, ${formatSize(compressed.totalBytes)} compressed`,
  );
}
