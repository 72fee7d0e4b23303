import type { Bytes, ImageLayer, PlatformImage } from '../images/image-json';
import { bytesOf, type LayerSizeKind } from '../measuring/image-sizes';
import type { MeasuredFile, MeasuredProgram, ProgramBreakdown } from '../measuring/measured-image';
import { printable } from '../printable';
import { formatSize } from './sizes';

/** A layer with the one size that a budget looks at. */
export interface SizedLayer extends Pick<ImageLayer, 'diffId' | 'origin'> {
  /** In the image, the lowest is 0. */
  readonly index: number;
  readonly bytes: Bytes;
}

/** The layers of an image by one kind of size, the biggest first. */
export function biggestLayers(
  { layers }: { readonly layers: readonly ImageLayer[] },
  kind: LayerSizeKind,
): readonly SizedLayer[] {
  return layers
    .map((layer, index) => ({
      index,
      diffId: layer.diffId,
      origin: layer.origin,
      bytes: bytesOf(layer, kind),
    }))
    .sort((a, b) => b.bytes - a.bytes);
}

/** An image that is too large. */
export interface TooLarge {
  readonly image: Pick<PlatformImage, 'layers' | 'unpackedBytes' | 'compressedBytes'>;
  /** The size that its layers are judged by. */
  readonly kind: LayerSizeKind;
  /** What would have to go. */
  readonly overBytes: Bytes;
  /** The programs of the image, where somebody looked into its layers. */
  readonly programs?: readonly MeasuredProgram[];
  /** Its largest files, the largest first, where somebody looked into its layers. */
  readonly files?: readonly MeasuredFile[];
}

/** What is known about an image when advice is chosen. */
interface Facts {
  readonly kind: LayerSizeKind;
  readonly totalBytes: Bytes;
  readonly baseBytes: Bytes;
  readonly overBytes: Bytes;
  /** The biggest first. */
  readonly appLayers: readonly SizedLayer[];
  readonly programs: readonly MeasuredProgram[];
  /** Files that are no programs, the largest first. */
  readonly assets: readonly MeasuredFile[];
  /** Whether nobody knows if the largest program has symbols: nobody looked for programs, or this one could not be read. */
  readonly mayHaveSymbols: boolean;
}

/** A way to a smaller image: a sentence, or nothing where what is known of the image does not suggest it. */
type Advice = (facts: Facts) => string | undefined;

/** What would make an image smaller, judged by its layers and by what is known of its programs. Best first; may be empty. */
export function adviceOn({ image, kind, overBytes, programs, files = [] }: TooLarge): readonly string[] {
  const layers = biggestLayers(image, kind);
  const appLayers = layers.filter(({ origin }) => origin === 'app');
  const baseBytes = layers
    .filter(({ origin }) => origin === 'base')
    .reduce((sum, { bytes }) => sum + bytes, 0);
  const mayHaveSymbols = programs === undefined || isUnread(largestOf(programs));
  const totalBytes = bytesOf(image, kind);
  const facts = {
    kind,
    totalBytes,
    baseBytes,
    overBytes,
    appLayers,
    programs: programs ?? [],
    assets: files.filter(({ isProgram }) => !isProgram),
    mayHaveSymbols,
  };
  return ADVICE.map((advice) => advice(facts)).filter((text) => text !== undefined);
}

/** A base above this has a shell or a package manager in it; distroless/static and busybox stay below. */
const LARGE_BASE: Readonly<Record<LayerSizeKind, Bytes>> = { unpacked: 5e6, compressed: 2.5e6 };

/** What is smaller than this share of the image, and than the excess, is not worth the trouble. */
const NOTABLE_SHARE = 0.05;

const ADVICE: readonly Advice[] = [
  function smallerBase(facts) {
    const { baseBytes, kind } = facts;
    if (!isNotable(baseBytes, facts)) return undefined;
    const saving = `The base is ${formatSize(baseBytes)} of the image`;
    return baseBytes > LARGE_BASE[kind]
      ? `${saving}: gcr.io/distroless/static, about 2 MB unpacked, or scratch in the FROM line of the runner stage would save most of it.`
      : `${saving}: FROM scratch in the runner stage would save it, less the certificates and zones that the app needs.`;
  },

  function fileCopiedTwice(facts) {
    const second = secondCopy(facts.appLayers);
    if (!second || !isNotable(second.bytes, facts)) return undefined;
    return `Two layers of the app are of the same size, ${formatSize(second.bytes)}: a RUN chown or RUN chmod stores its file a second time; COPY --chown and COPY --chmod do not.`;
  },

  function strippedBinary({ programs }) {
    const symbols = programs.flatMap(({ path, breakdown }) => {
      const bytes = 'unknown' in breakdown ? 0 : strippableBytes(breakdown);
      return bytes > 0 ? [`${formatSize(bytes)} of ${printable(path)}`] : [];
    });
    if (symbols.length === 0) return undefined;
    return `-ldflags="-s -w" takes the symbol table and the debug information out: ${symbols.join(', ')}, unpacked. A generated builder stage has these flags.`;
  },

  function trimmedBinary({ programs }) {
    const untrimmed = programs.flatMap(({ path, breakdown }) =>
      'unknown' in breakdown || breakdown.isTrimmed !== false ? [] : [printable(path)],
    );
    if (untrimmed.length === 0) return undefined;
    return `-trimpath leaves the folders of the build out, with which every file of the program is named: ${untrimmed.join(', ')}. A generated builder stage has this flag; image-size --advise builds it to see what it saves.`;
  },

  function perhapsStripped({ totalBytes, appLayers: [largest], mayHaveSymbols }) {
    if (!mayHaveSymbols || !largest || largest.bytes < totalBytes / 4) return undefined;
    return `The app's largest layer, ${formatSize(largest.bytes)}, is most likely the binary: -ldflags="-s -w" takes about a third off one that is built without. A generated builder stage has these flags; see whether yours does.`;
  },

  function assets(facts) {
    const { appLayers } = facts;
    const others = appLayers.slice(1).filter((layer) => layer !== secondCopy(appLayers));
    const bytes = others.reduce((sum, layer) => sum + layer.bytes, 0);
    if (!isNotable(bytes, facts)) return undefined;
    const layers = others.length === 1 ? 'Another layer' : `${others.length} more layers`;
    const holds = others.length === 1 ? 'holds' : 'hold';
    const held = facts.assets.filter((file) => others.some(({ index }) => index === file.layer));
    return `${layers} of the app ${holds} ${formatSize(bytes)}${aboveAll(held, bytes)}: keep of its assets and certificates only what the app reads when it runs.`;
  },
];

/** The one file, or two, that are most of so many bytes; of many small ones none is worth a name. */
function aboveAll([first, second]: readonly MeasuredFile[], ofBytes: Bytes): string {
  if (!first || first.bytes < ofBytes / 4) return '';
  const named = second && second.bytes >= first.bytes / 2 ? [first, second] : [first];
  return `, ${named.map(({ path, bytes }) => `${printable(path)} (${formatSize(bytes)} unpacked)`).join(' and ')} above all`;
}

/** What the linker leaves out with `-s -w`, by the names that go-binary gives to these parts of a program. */
const STRIPPABLE: readonly string[] = ['debug information (DWARF)', 'symbol table'];

function strippableBytes({ unattributed }: ProgramBreakdown): Bytes {
  return unattributed
    .filter(({ what }) => STRIPPABLE.includes(what))
    .reduce((sum, { bytes }) => sum + bytes, 0);
}

function largestOf(programs: readonly MeasuredProgram[]): MeasuredProgram | undefined {
  return [...programs].sort((one, other) => other.bytes - one.bytes)[0];
}

/** A packer drops symbols, and programs of other languages have none that `go build` could leave out. */
function isUnread(program: MeasuredProgram | undefined): boolean {
  return program !== undefined && 'unknown' in program.breakdown && program.breakdown.silence === undefined;
}

/** The second largest layer where it holds what the largest does: other owners or modes hardly change a tar's size. */
function secondCopy([largest, second]: readonly SizedLayer[]): SizedLayer | undefined {
  if (!largest || !second) return undefined;
  return largest.bytes - second.bytes <= largest.bytes / 1000 ? second : undefined;
}

function isNotable(bytes: Bytes, { totalBytes, overBytes }: Facts): boolean {
  return bytes > 0 && (bytes >= totalBytes * NOTABLE_SHARE || bytes >= overBytes);
}
