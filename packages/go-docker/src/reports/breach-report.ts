import { adviceOn, biggestLayers } from '../budgets/advice';
import type { Breach } from '../budgets/judge';
import type { Limit, SizeKind } from '../budgets/limits';
import { formatShare, formatSize, roundedUpSize } from '../budgets/sizes';
import type { SourceLocation } from '../errors';
import type { ImageJson, PlatformImage } from '../images/image-json';

/** What the two kinds of size mean to the person who pays for them. */
export const MEANING: Readonly<Record<SizeKind, string>> = {
  unpacked: 'the layers as tar archives: what the image takes on the disk of a node',
  compressed: 'the layers as a registry stores them: what a node pulls',
};

/**
 * What a person reads when an image breaks its budget: by how much, which limit and where it is written, what the image is made
 * of, what would help, and how to allow more on purpose. One section for each kind of size, which names every platform.
 *
 * @param breaches At least one.
 */
export function breachReport(image: ImageJson, breaches: readonly Breach[]): string {
  const kinds = [...new Set(breaches.map(({ kind }) => kind))];
  return kinds
    .map((kind) =>
      section(
        image,
        breaches.filter((breach) => breach.kind === kind),
      ),
    )
    .join('\n\n');
}

function section(image: ImageJson, breaches: readonly Breach[]): string {
  const [worst] = [...breaches].sort((a, b) => b.verdict.overBytes - a.verdict.overBytes);
  const worstImage = image.images.find(({ platform }) => platform === worst?.platform);
  if (!worst || !worstImage) return '';
  const { limit } = worst.verdict;
  const advice = adviceOn(worst, worstImage);
  return [
    ...breaches.map((breach) => headline(image.project, breach)),
    `  ${worst.kind}: ${MEANING[worst.kind]}`,
    `  limit: ${limit.text}, ${whereWritten(limit)}`,
    '',
    `  ${breaches.length > 1 ? `The layers for ${worst.platform}` : 'The layers'}, biggest first:`,
    ...layerLines(worst, worstImage),
    ...(advice.length > 0 ? ['', '  What would help:', ...advice.map((text) => `  - ${text}`)] : []),
    '',
    `  To allow more on purpose: ${howToAllow(worst, image.project)}`,
  ].join('\n');
}

function headline(project: string, { platform, kind, totalBytes, verdict }: Breach): string {
  const over = `${formatSize(verdict.overBytes)} (${formatShare(verdict.overBytes, verdict.limit.bytes)})`;
  return `${project} for ${platform} is ${over} over its budget: ${formatSize(totalBytes)} ${kind}, the limit is ${verdict.limit.text}`;
}

/** The place to look for a limit: `image-budgets.json:4, "tag:go"`. */
export function whereWritten({ source }: Limit): string {
  if (source.from === 'command line') return '--budget on the command line';
  return `${lineOf(source.location)}, ${JSON.stringify(source.rule.key)}`;
}

function lineOf({ file, line }: SourceLocation): string {
  return `${file}:${line}`;
}

const SHOWN_LAYERS = 5;

function layerLines({ kind, totalBytes }: Breach, image: PlatformImage): readonly string[] {
  const layers = biggestLayers(image, kind);
  const lines = layers.slice(0, SHOWN_LAYERS).map(({ bytes, origin, diffId }) => {
    const share = formatShare(bytes, totalBytes);
    return `    ${formatSize(bytes).padStart(8)}  ${share.padStart(4)}  ${origin.padEnd(4)}  ${diffId.slice(0, 'sha256:'.length + 12)}`;
  });
  const hidden = layers.length - lines.length;
  return hidden > 0 ? [...lines, `    and ${hidden} smaller`] : lines;
}

/** How to raise a limit, for one project alone where the limit holds for others too. */
export function howToAllow({ kind, totalBytes, verdict: { limit } }: Breach, project: string): string {
  const size = roundedUpSize(totalBytes);
  if (limit.source.from === 'command line') return `pass --budget='${size}'`;
  const { location, rule } = limit.source;
  if (rule.type === 'project' || rule.type === 'sum')
    return `write "${size}" for ${kind} in ${lineOf(location)}`;
  const own = `{ ${JSON.stringify(kind)}: "${size}" }`;
  return `add ${JSON.stringify(project)}: ${own} to "projects" in ${location.file}, which goes before ${JSON.stringify(rule.key)}`;
}
