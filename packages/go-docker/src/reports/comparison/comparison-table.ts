import { formatSize } from '../../budgets/sizes';
import {
  type BuiltVariant,
  type ComparedVariant,
  type ImageComparison,
  isBuilt,
} from '../../comparison/image-comparison';
import { reductionText } from '../../comparison/reductions';
import { baseText, programText, type Variant, variantText } from '../../comparison/variants';
import { NO_COLOR, type Palette } from '../palette';
import { type Cell, type Column, table } from '../table';

/** A comparison for the terminal: sizes, what starts take where programs were started, and what was not built and why. */
export function comparisonTable(comparison: ImageComparison, palette: Palette = NO_COLOR): string {
  const { project, platform, variants, reference, notes } = comparison;
  const built = variants.filter(isBuilt);
  return [
    palette.bold(`${project} on ${platform}`),
    built.length === 0 ? '' : sizeTable(built, palette),
    reference ? palette.dim(`Saves: of ${variantText(reference)}`) : '',
    startTable(built, palette),
    missing(variants, palette),
    notes.map((note) => palette.dim(`Note: ${note}`)).join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

type Built = Variant & BuiltVariant;

const SIZE_COLUMNS: readonly Column[] = [
  { title: 'Stands on' },
  { title: 'Program' },
  { title: 'Unpacked', align: 'right' },
  { title: 'base', align: 'right' },
  { title: 'app', align: 'right' },
  { title: 'saves', align: 'right' },
  { title: 'Compressed', align: 'right' },
  { title: 'base', align: 'right' },
  { title: 'app', align: 'right' },
  { title: 'saves', align: 'right' },
];

function sizeTable(built: readonly Built[], palette: Palette): string {
  const rows = built.map((variant, index): readonly Cell[] => [
    nameCell(variant, built[index - 1]),
    programText(variant.program),
    ...(['unpacked', 'compressed'] as const).flatMap((kind): readonly Cell[] => {
      const { totalBytes, baseBytes, appBytes } = variant.sizes[kind];
      const total = { text: formatSize(totalBytes), style: palette.bold };
      const saves = variant.reduction ? reductionText(variant.reduction[kind]) : '';
      return [total, formatSize(baseBytes), formatSize(appBytes), saves];
    }),
  ]);
  return table(SIZE_COLUMNS, rows);
}

function nameCell({ base }: Variant, above: Variant | undefined): string {
  return above?.base === base ? '' : baseText(base);
}

const START_COLUMNS: readonly Column[] = [
  { title: 'Stands on' },
  { title: 'Program' },
  { title: 'File', align: 'right' },
  { title: 'Ready after', align: 'right' },
  { title: 'Memory', align: 'right' },
];

function startTable(built: readonly Built[], palette: Palette): string {
  const started = built.filter(({ start }) => start !== undefined);
  if (started.length === 0) return '';
  const rows = started.map((variant, index): readonly Cell[] => [
    nameCell(variant, started[index - 1]),
    programText(variant.program),
    variant.programBytes === undefined ? '' : formatSize(variant.programBytes),
    ...startCells(variant.start),
  ]);
  return [table(START_COLUMNS, rows), '', ...startNotes(started).map(palette.dim)].join('\n');
}

function startCells(start: BuiltVariant['start']): readonly Cell[] {
  if (start === undefined || 'notMeasured' in start) return ['not measured', 'not measured'];
  return [milliseconds(start.readyMilliseconds), mebibytes(start.peakBytes)];
}

/** `6 ms`, `541 ms`, `1.2 s`. */
export function milliseconds(value: number): string {
  return value < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;
}

/** As the kernel counts memory: `12 MiB`. */
export function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}

function startNotes(started: readonly Built[]): readonly string[] {
  const figures = started.flatMap(({ start }) => (start && !('notMeasured' in start) ? [start] : []));
  const [first] = figures;
  const reasons = started.flatMap((variant) =>
    variant.start && 'notMeasured' in variant.start
      ? [`Not measured: ${variantText(variant)}: ${variant.start.notMeasured}`]
      : [],
  );
  if (!first) return reasons;
  const until = first.until === 'first output' ? 'its first output' : `port ${first.until.port} answers`;
  return [
    `Ready after: from the start of the process until ${until}; memory: its largest resident set until then. Medians of ${first.starts} starts on this machine.`,
    ...reasons,
  ];
}

function missing(variants: readonly ComparedVariant[], palette: Palette): string {
  const leftOut = new Map<string, Variant[]>();
  const failed: string[] = [];
  for (const variant of variants) {
    if (variant.outcome === 'failed')
      failed.push(palette.red(`Not built: ${variantText(variant)}: ${variant.reason}`));
    if (variant.outcome === 'left out')
      leftOut.set(variant.reason, [...(leftOut.get(variant.reason) ?? []), variant]);
  }
  const others = [...leftOut].map(([reason, those]) =>
    palette.dim(`Left out: ${those.map(variantText).join('; ')}\n  ${reason}`),
  );
  return [...failed, ...others].join('\n');
}
