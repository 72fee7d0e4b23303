import { heldBack } from '../advice/held-back';
import type { MeasuredAdvice } from '../advice/measured-advice';
import { formatSize } from '../budgets/sizes';
import type { MeasuredFile, PlatformSizes } from '../measuring/measured-image';
import { NO_COLOR, type Palette } from './palette';
import { printable } from '../printable';
import { type Cell, type Column, table } from './table';

const COLUMNS: readonly Column[] = [
  { title: 'Smaller with' },
  { title: 'Unpacked', align: 'right' },
  { title: 'saves', align: 'right' },
  { title: 'Compressed', align: 'right' },
  { title: 'saves', align: 'right' },
  { title: '' },
];

const HELD_BACK_COLUMNS: readonly Column[] = [
  { title: 'Bytes', align: 'right' },
  { title: 'Line' },
  { title: '' },
];

const MOST_FILES = 5;

/** What saves less is not worth a change. */
const LEAST_BYTES = 1000;

/**
 * What would make an image smaller: what was built to find out and saves something, what the ignore file could hold back, and the largest files
 * besides programs.
 *
 * @param sizes Of the image as it is.
 * @param files Of the layers that its Dockerfile added.
 */
export function adviceTable(
  advice: readonly MeasuredAdvice[],
  sizes: PlatformSizes,
  files: readonly MeasuredFile[],
  palette: Palette = NO_COLOR,
): string {
  const rows = advice.flatMap((each): Cell[][] => {
    if ('problem' in each) return [];
    const [unpacked, compressed] = [
      savedOf(sizes, each.sizes, 'unpacked'),
      savedOf(sizes, each.sizes, 'compressed'),
    ];
    if (unpacked.bytes < LEAST_BYTES && compressed.bytes < LEAST_BYTES) return [];
    return [[each.what, ...cells(unpacked, palette), ...cells(compressed, palette), each.means]];
  });
  const problems = advice.flatMap((each) =>
    'problem' in each ? [palette.dim(`Not built with ${each.what}: ${each.problem}`)] : [],
  );
  const saving =
    rows.length === 0 ? 'Nothing that could be built makes this image smaller.' : table(COLUMNS, rows);
  return [saving, problems.join('\n'), heldBackLines(files), fileLines(files)]
    .filter((part) => part !== '')
    .join('\n\n');
}

type Kind = 'unpacked' | 'compressed';

interface Saved {
  readonly now: number;
  readonly bytes: number;
}

function savedOf(was: PlatformSizes, is: PlatformSizes, kind: Kind): Saved {
  return { now: is[kind].totalBytes, bytes: was[kind].totalBytes - is[kind].totalBytes };
}

function cells({ now, bytes }: Saved, palette: Palette): readonly Cell[] {
  return [formatSize(now), { text: formatSize(bytes), style: palette.bold }];
}

/** What most likely came along with a folder, and the line that would keep it out. */
function heldBackLines(files: readonly MeasuredFile[]): string {
  const all = heldBack(files);
  if (all.length === 0) return '';
  const rows = all.map(({ line, count, bytes, example }): Cell[] => [
    formatSize(bytes),
    line,
    count === 1 ? printable(example) : `${count} files, such as ${printable(example)}`,
  ]);
  return `What lines in the ignore file would hold back:\n${table(HELD_BACK_COLUMNS, rows)}`;
}

/** Files that are no program: an image may not need all of them. */
function fileLines(files: readonly MeasuredFile[]): string {
  const others = files.filter(({ isProgram, bytes }) => !isProgram && bytes >= 100e3).slice(0, MOST_FILES);
  if (others.length === 0) return '';
  return [
    'The largest files besides programs:',
    ...others.map(
      ({ path, bytes, isHidden }) =>
        `  ${formatSize(bytes)}  ${printable(path)}${isHidden ? ' (replaced or removed by a later step: it takes its bytes all the same)' : ''}`,
    ),
  ].join('\n');
}
