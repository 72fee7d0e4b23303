import { formatSize } from '../../budgets/sizes';
import {
  type BuiltVariant,
  type ComparedVariant,
  type ImageComparison,
  isBuilt,
} from '../../comparison/image-comparison';
import { reductionText } from '../../comparison/reductions';
import { baseText, programText, type Variant, variantText } from '../../comparison/variants';
import type { ImageSizes } from '../../measuring/measured-image';
import { renderTemplate } from '../../render-template';

/** Places and lengths are in pixels of a chart that is as wide as a page. */
const BAR_LEFT = 230;
const BAR_MOST = 430;
const ROW_HEIGHT = 38;
const GROUP_GAP = 10;
const TOP = 84;

/**
 * A comparison as a picture that needs nothing else: a bar for the unpacked and one for the compressed image of each variant, base and app
 * apart, light or dark as the reader's system is. All bars have one scale, but those of images that would leave nothing to be seen of the
 * others: they are cut, and look so.
 */
export function comparisonChart(comparison: ImageComparison): string {
  const { project, platform, variants, reference } = comparison;
  const scale = scaleOf(variants.filter(isBuilt));
  // What was left out has no size to show; the table says why.
  const rows = rowsOf(
    variants.filter(({ outcome }) => outcome !== 'left out'),
    scale,
  );
  const height = (rows.at(-1)?.top ?? TOP) + ROW_HEIGHT + 34;
  return renderTemplate(__dirname, 'comparison-chart.svg', {
    title: xml(`${project} on ${platform}: image sizes by base`),
    description: xml(variants.map(sentence).join(' ')),
    rows,
    height,
    barLeft: BAR_LEFT,
    footer: xml(
      [
        'MB is 10⁶ bytes.',
        ...(reference ? [`Percentages: saved of ${variantText(reference)}.`] : []),
        ...(rows.some(({ bars }) => bars.some(({ isCut }) => isCut))
          ? ['Bars with a gap are longer than drawn.']
          : []),
      ].join(' '),
    ),
  });
}

type Built = Variant & BuiltVariant;

/** How far an image may go beyond the others before its bar is cut. */
const MOST_TIMES = 3;

/** The bytes that the longest bar stands for. */
function scaleOf(built: readonly Built[]): number {
  const totals = (variants: readonly Built[]) => variants.map(({ sizes }) => sizes.unpacked.totalBytes);
  const most = Math.max(1, ...totals(built));
  const others = Math.max(1, ...totals(built.filter(({ base }) => base !== 'single-stage')));
  return others > 1 && most > MOST_TIMES * others ? others : most;
}

interface Bar {
  readonly kind: 'unpacked' | 'compressed';
  readonly top: number;
  readonly height: number;
  readonly baseWidth: number;
  readonly appWidth: number;
  readonly isCut: boolean;
  readonly text: string;
}

interface Row {
  readonly top: number;
  readonly base: string;
  readonly program: string;
  readonly bars: readonly Bar[];
  /** In place of bars, where nothing was built. */
  readonly missing: string;
}

function rowsOf(variants: readonly ComparedVariant[], scale: number): readonly Row[] {
  let top = TOP;
  return variants.map((variant, index) => {
    const isFirst = variants[index - 1]?.base !== variant.base;
    if (isFirst && index > 0) top += GROUP_GAP;
    const row: Row = {
      top,
      base: isFirst ? xml(baseText(variant.base)) : '',
      program: xml(programText(variant.program)),
      bars: isBuilt(variant) ? barsOf(variant, top, scale) : [],
      missing: isBuilt(variant) ? '' : 'not built',
    };
    top += ROW_HEIGHT;
    return row;
  });
}

function barsOf({ sizes, reduction }: Built, top: number, scale: number): readonly Bar[] {
  const bar = (kind: Bar['kind'], offset: number, height: number): Bar => ({
    kind,
    top: top + offset,
    height,
    ...widths(sizes[kind], scale),
    text: xml(barText(sizes[kind].totalBytes, reduction?.[kind])),
  });
  return [bar('unpacked', 2, 14), bar('compressed', 20, 8)];
}

function barText(bytes: number, reduction: number | undefined): string {
  return reduction === undefined
    ? formatSize(bytes)
    : `${formatSize(bytes)}, saves ${reductionText(reduction)}`;
}

function widths(
  { totalBytes, baseBytes }: ImageSizes,
  scale: number,
): Pick<Bar, 'baseWidth' | 'appWidth' | 'isCut'> {
  const isCut = totalBytes > scale;
  const width = isCut ? BAR_MOST : (totalBytes / scale) * BAR_MOST;
  const baseWidth = rounded((baseBytes / Math.max(1, totalBytes)) * width);
  return { baseWidth, appWidth: rounded(width - baseWidth), isCut };
}

function rounded(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}

/** For those who hear the chart. */
function sentence(variant: ComparedVariant): string {
  if (!isBuilt(variant)) return `${variantText(variant)}: not built.`;
  const { unpacked, compressed } = variant.sizes;
  return `${variantText(variant)}: ${formatSize(unpacked.totalBytes)} unpacked, ${formatSize(compressed.totalBytes)} compressed.`;
}

/** https://www.w3.org/TR/xml/#syntax */
function xml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
