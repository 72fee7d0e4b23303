import { posix } from 'node:path';
import { packagesFolder } from '../packages-folder';
import type { PlatformSizes } from '../measuring/measured-image';
import type { Baseline, Listed, PlatformBaseline } from './baseline';

/** What the file is called, in the root of the project. */
export const BASELINE_FILE = 'image-size.json';

/** Where editors find the schema, below the workspace root. */
const SCHEMA = `${packagesFolder()}/go-docker/dist/growth/image-size.schema.json`;

/**
 * The text of image-size.json. The same image gives the same text; names are sorted, one on a line, so that a diff shows what changed
 * and nothing else.
 *
 * @param file Below the workspace root.
 */
export function baselineText(baseline: Baseline, file: string): string {
  const schema = posix.relative(posix.dirname(file), SCHEMA);
  const images = Object.entries(baseline.images)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([platform, image]) => [platform, imageJson(image)]);
  const json = {
    $schema: schema.startsWith('.') ? schema : `./${schema}`,
    version: baseline.version,
    project: baseline.project,
    images: Object.fromEntries(images),
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

function imageJson({ sizes, programs, files }: PlatformBaseline) {
  return {
    unpacked: sizeJson(sizes.unpacked),
    compressed: sizeJson(sizes.compressed),
    binary: sizes.binaryBytes,
    assets: sizes.assetsBytes,
    layers: sizes.layers,
    ...(programs && {
      modules: listedJson(programs.modules),
      packages: listedJson(programs.packages),
      unattributed: listedJson(programs.unattributed),
    }),
    files: listedJson(files),
  };
}

function sizeJson({ totalBytes, baseBytes, appBytes }: PlatformSizes['unpacked']) {
  return { total: totalBytes, base: baseBytes, app: appBytes };
}

/** A module is named as Go's tools name one: `golang.org/x/text@v0.30.0`. */
function listedJson({ parts, others }: Listed) {
  const named = [...parts].map(
    ([name, { bytes, version }]) => [version === undefined ? name : `${name}@${version}`, bytes] as const,
  );
  const sorted = named.sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    ...Object.fromEntries(sorted),
    ...(others.count > 0 && { [OTHERS]: others }),
  };
}

/** No module, package or file is called so. */
export const OTHERS = '(others)';
