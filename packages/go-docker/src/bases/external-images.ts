import { DockerfileParser, From } from 'dockerfile-ast';
import type { WorkspacePath } from '@go-docker/go-workspace';
import { managedBlocks } from '../managed-block/managed-block';

/** An image that a `FROM` takes from a registry. */
export interface ExternalImage {
  /** With its tag, without a digest: `alpine:3.22`. */
  readonly reference: string;
  readonly digest?: string;
  /** Name of the managed block that the `FROM` stands in. */
  readonly block?: string;
  /** Where the image's name stands, in characters of the whole text. */
  readonly start: number;
  readonly end: number;
}

/**
 * The images that a Dockerfile starts its stages from, in their order. Other stages and `scratch` come from no registry; a name with
 * variables and one that has a digest and no tag say nothing that could be asked for.
 *
 * @throws GoDockerError with file and line for a broken managed block.
 */
export function externalImages(text: string, file: WorkspacePath): readonly ExternalImage[] {
  const blocks = managedBlocks(text, file);
  const lineStarts = startsOfLines(text);
  const stages = new Set<string>();
  return DockerfileParser.parse(text)
    .getInstructions()
    .flatMap((instruction) => {
      if (!(instruction instanceof From)) return [];
      const name = instruction.getImage() ?? '';
      const range = instruction.getImageRange();
      const isStage = stages.has(name.toLowerCase());
      stages.add(instruction.getBuildStage()?.toLowerCase() ?? '');
      const parts = isStage || !range ? undefined : partsOf(name);
      if (!parts || !range) return [];
      const { line, character } = range.start;
      const start = (lineStarts[line] ?? 0) + character;
      const block = blocks.find((each) => line + 1 >= each.line && line + 1 < each.line + each.lines.length);
      return [{ ...parts, block: block?.name, start, end: start + name.length }];
    });
}

/** The text with new digests of these images, by their references. */
export function withDigests(
  text: string,
  images: readonly ExternalImage[],
  digests: ReadonlyMap<string, string>,
): string {
  return images.reduceRight((result, { reference, start, end }) => {
    const digest = digests.get(reference);
    return digest === undefined
      ? result
      : `${result.slice(0, start)}${reference}@${digest}${result.slice(end)}`;
  }, text);
}

/** https://pkg.go.dev/github.com/distribution/reference */
function partsOf(name: string): Pick<ExternalImage, 'reference' | 'digest'> | undefined {
  if (name === '' || name.toLowerCase() === 'scratch' || name.includes('$')) return undefined;
  const [image = '', digest] = name.split('@');
  const hasTag = /:[^/]*$/.test(image);
  if (digest !== undefined) return hasTag ? { reference: image, digest } : undefined;
  return { reference: hasTag ? image : `${image}:latest` };
}

function startsOfLines(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
}
