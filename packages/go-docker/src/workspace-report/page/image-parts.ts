import type { Bytes } from '../../images/image-json';
import type {
  MeasuredPlatform,
  MeasuredProgram,
  ProgramBreakdown,
  Rest,
} from '../../measuring/measured-image';

/** What a part of an image is, and so the colour that it has. */
export const PART_KINDS = ['base', 'std', 'own', 'external', 'asset', 'rest'] as const;
export type PartKind = (typeof PART_KINDS)[number];

/** A part of an image, and what it consists of: then `bytes` is their sum. */
export interface ImagePart {
  readonly name: string;
  readonly kind: PartKind;
  readonly bytes: Bytes;
  readonly parts?: readonly ImagePart[];
}

/** An image as the tree that the map of the page shows: its bytes are those of the unpacked image. */
export function imageParts(name: string, platform: MeasuredPlatform): ImagePart {
  const { programs, files, layers } = platform;
  const base = layers.filter(({ origin }) => origin === 'base');
  const assets = files.filter(({ isProgram }) => !isProgram);
  const hiddenPrograms = files.filter(({ isProgram, isHidden }) => isProgram && isHidden);
  const smaller = smallerFiles(platform);
  const parts = [
    ...programs.map(programPart),
    ...whole(
      'base image',
      'base',
      base.map(({ diffId, unpackedBytes }) => leaf(shortDigest(diffId), 'base', unpackedBytes)),
    ),
    ...whole('other files', 'asset', [
      ...assets.map(({ path, bytes, isHidden }) =>
        leaf(isHidden ? `${path} (replaced by a higher layer)` : path, 'asset', bytes),
      ),
      ...(smaller.count > 0 ? [leaf(`${smaller.count} smaller files`, 'asset', smaller.bytes)] : []),
    ]),
    ...hiddenPrograms.map(({ path, bytes }) => leaf(`${path} (replaced by a higher layer)`, 'rest', bytes)),
  ];
  const known = sum(parts);
  const archive = platform.sizes.unpacked.totalBytes - known;
  return {
    name,
    kind: 'rest',
    bytes: platform.sizes.unpacked.totalBytes,
    // Each file of a tar archive has a header, and fills whole blocks.
    parts: archive > 0 ? [...parts, leaf('headers of the tar archives', 'rest', archive)] : parts,
  };
}

/** What is not listed by name. Programs stand on the map for themselves, also where fifty other files are larger. */
function smallerFiles({ programs, files, otherFiles }: MeasuredPlatform): Rest {
  const listed = new Set(files.flatMap(({ path, isHidden }) => (isHidden ? [] : [path])));
  const unlisted = programs.filter(({ path }) => !listed.has(path));
  return { count: otherFiles.count - unlisted.length, bytes: otherFiles.bytes - sum(unlisted) };
}

function programPart({ path, bytes, breakdown }: MeasuredProgram): ImagePart {
  if ('unknown' in breakdown) return leaf(`${path} (not broken down: ${breakdown.unknown})`, 'own', bytes);
  const parts = [
    ...breakdown.modules.map((module) => modulePart(module, breakdown)),
    // The main package where `go build` was given files, and all that a build tool without modules has compiled.
    ...whole('of no known module', 'own', packageParts(breakdown, undefined, 'own')),
    ...whole(
      'of no package',
      'rest',
      breakdown.unattributed.map((each) => leaf(each.what, 'rest', each.bytes)),
    ),
  ];
  return { name: path, kind: 'own', bytes, parts };
}

function modulePart(
  { path, version, bytes }: ProgramBreakdown['modules'][number],
  breakdown: ProgramBreakdown,
): ImagePart {
  const kind = path === 'std' ? 'std' : version === undefined ? 'own' : 'external';
  const name =
    path === 'std' ? `Go standard library (${breakdown.goVersion})` : version ? `${path} ${version}` : path;
  return { name, kind, bytes, parts: packageParts(breakdown, path, kind) };
}

function packageParts(
  { packages }: ProgramBreakdown,
  module: string | undefined,
  kind: PartKind,
): readonly ImagePart[] {
  return packages
    .filter((each) => each.module === module)
    .map(({ importPath, bytes }) => leaf(importPath, kind, bytes));
}

function whole(name: string, kind: PartKind, parts: readonly ImagePart[]): readonly ImagePart[] {
  const bytes = sum(parts);
  return bytes === 0 ? [] : [{ name, kind, bytes, parts }];
}

function leaf(name: string, kind: PartKind, bytes: Bytes): ImagePart {
  return { name, kind, bytes };
}

const sum = (parts: readonly { readonly bytes: Bytes }[]): Bytes =>
  parts.reduce((total, { bytes }) => total + bytes, 0);

function shortDigest(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12);
}
