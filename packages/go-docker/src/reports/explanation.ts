import { biggestLayers } from '../budgets/advice';
import type { LimitKind } from '../budgets/limits';
import { formatDifference, formatShare, formatSize } from '../budgets/sizes';
import { amountOf } from '../measuring/image-sizes';
import type {
  MeasuredImage,
  MeasuredPlatform,
  PartChange,
  ProgramBreakdown,
} from '../measuring/measured-image';
import { baselineName, bytesOfChange, changeNote, type Compared, partName, shownFiles } from './part-change';
import { printable } from '../printable';

/**
 * Lines that say where the bytes of one kind come from: what grew since the baseline, or without one what is largest; then the layers,
 * where the kind is a sum of them. The first line is empty.
 *
 * @param namesPlatform Whether the text is about several platforms.
 */
export function explain(
  kind: LimitKind,
  platform: MeasuredPlatform,
  image: MeasuredImage,
  namesPlatform: boolean,
): readonly string[] {
  const { comparison } = platform;
  const of = namesPlatform ? ` for ${platform.platform}` : '';
  return [
    ...(comparison.state === 'compared'
      ? grownLines(kind, comparison, platform, `${baselineName(image)}${of}`)
      : largestLines(kind, platform, of)),
    ...layerLines(kind, platform, of),
  ];
}

/** One line of an explanation. */
interface Part {
  readonly bytes: number;
  readonly sort: string;
  readonly name: string;
}

const SHOWN_PARTS = 5;

function grownLines(
  kind: LimitKind,
  compared: Compared,
  platform: MeasuredPlatform,
  baseline: string,
): readonly string[] {
  if (kind === 'layers') return [];
  const base = platform.sizes.unpacked.baseBytes - compared.was.unpacked.baseBytes;
  const grown = [
    ...(hasBase(kind) && base > 0
      ? [{ bytes: base, sort: 'base', name: 'the layers of the image that FROM names' }]
      : []),
    ...(hasPrograms(kind) ? grownParts('module', compared.modules) : []),
    ...(hasPrograms(kind) ? grownParts('package', compared.packages) : []),
    ...(hasPrograms(kind) ? grownParts('program', compared.unattributed) : []),
    ...(hasFiles(kind) || !compared.isByPackage ? grownParts('file', shownFiles(compared, platform)) : []),
  ];
  return grown.length === 0
    ? ['', `  Nothing of it has grown since ${baseline}.`]
    : ['', `  What grew since ${baseline}:`, ...grown.map((part) => partLine(part, formatDifference))];
}

function grownParts(sort: string, changes: readonly PartChange[]): readonly Part[] {
  const grown = changes.filter(({ bytes, wasBytes }) => bytes > wasBytes);
  return grown.slice(0, SHOWN_PARTS).map((change) => ({
    ...{ bytes: bytesOfChange(change), sort },
    name: `${partName(change)}${changeNote(change)}`,
  }));
}

function largestLines(kind: LimitKind, platform: MeasuredPlatform, of: string): readonly string[] {
  const programs = platform.programs.flatMap(({ breakdown }) => ('unknown' in breakdown ? [] : [breakdown]));
  const unknown = platform.programs.flatMap(({ path, bytes, breakdown }) =>
    'unknown' in breakdown
      ? [{ bytes, sort: 'program', name: `${path}, not broken down: ${breakdown.unknown}` }]
      : [],
  );
  const files = platform.files
    .filter(({ isProgram }) => !isProgram)
    .map(({ path, bytes }) => ({ bytes, sort: 'file', name: path }));
  const parts = [
    ...(hasPrograms(kind)
      ? [...unknown, ...modulesOf(programs), ...packagesOf(programs), ...unattributedOf(programs)]
      : []),
    ...(hasFiles(kind) ? files.slice(0, SHOWN_PARTS) : []),
  ];
  if (parts.length === 0) return [];
  return ['', `  What is largest${of}:`, ...parts.map((part) => partLine(part, formatSize))];
}

function modulesOf(programs: readonly ProgramBreakdown[]): readonly Part[] {
  return largest(
    'module',
    programs.flatMap(({ modules }) =>
      modules.map(({ path, version, bytes }) => ({
        bytes,
        name: version === undefined ? path : `${path} ${version}`,
      })),
    ),
  );
}

function packagesOf(programs: readonly ProgramBreakdown[]): readonly Part[] {
  return largest(
    'package',
    programs.flatMap(({ packages }) =>
      packages.map(({ importPath, bytes }) => ({ bytes, name: importPath })),
    ),
  );
}

function unattributedOf(programs: readonly ProgramBreakdown[]): readonly Part[] {
  return largest(
    'program',
    programs.flatMap(({ unattributed }) => unattributed.map(({ what, bytes }) => ({ bytes, name: what }))),
  );
}

function largest(sort: string, parts: readonly { bytes: number; name: string }[]): readonly Part[] {
  const bytes = new Map<string, number>();
  for (const part of parts) bytes.set(part.name, (bytes.get(part.name) ?? 0) + part.bytes);
  return [...bytes]
    .map(([name, sum]) => ({ bytes: sum, sort, name }))
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, SHOWN_PARTS);
}

function partLine({ bytes, sort, name }: Part, format: (bytes: number) => string): string {
  return `    ${format(bytes).padStart(8)}  ${sort.padEnd(7)}  ${printable(name)}`;
}

const SHOWN_LAYERS = 5;

function layerLines(kind: LimitKind, platform: MeasuredPlatform, of: string): readonly string[] {
  if (kind === 'binary' || kind === 'assets') return [];
  const by = kind === 'compressed' ? kind : 'unpacked';
  const layers = biggestLayers(platform, by).filter(({ origin }) => kind !== 'base' || origin === 'base');
  const total = amountOf(platform.sizes, kind === 'layers' ? 'unpacked' : kind) ?? 0;
  const shown = layers
    .slice(0, SHOWN_LAYERS)
    .map((layer) => ({ ...layer, share: formatShare(layer.bytes, total) }));
  const width = Math.max(4, ...shown.map(({ share }) => share.length));
  const lines = shown.map(
    ({ bytes, origin, diffId, share }) =>
      `    ${formatSize(bytes).padStart(8)}  ${share.padStart(width)}  ${origin.padEnd(4)}  ${diffId.slice(0, 'sha256:'.length + 12)}`,
  );
  const hidden = layers.length - lines.length;
  return [
    ...['', `  The layers${of}, biggest first:`, ...lines],
    ...(hidden > 0 ? [`    and ${hidden} smaller`] : []),
  ];
}

const hasBase = (kind: LimitKind) => kind === 'unpacked' || kind === 'compressed' || kind === 'base';
const hasPrograms = (kind: LimitKind) => kind === 'unpacked' || kind === 'compressed' || kind === 'binary';
const hasFiles = (kind: LimitKind) => kind === 'unpacked' || kind === 'compressed' || kind === 'assets';
