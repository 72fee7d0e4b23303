import { imageKey } from './rows.mjs';

/**
 * What was measured, beside what the articles say: docs/image-sizes.json.
 *
 * @param {import('./rows.mjs').Row[]} rows
 * @param {{ old: Map<string, object>, ours: Map<string, object>, standIns: string[] }} measured sizes by "app stage" and
 *   by {@link imageKey}, and the base images that are stand-ins
 */
export function imageSizesReport(rows, { old, ours, standIns }) {
  const built = (from, sizes) => ({ from, standIn: standIns.includes(from), ...sizes });
  return {
    rows: rows.map(({ title, app, source, images }) => ({
      title,
      app,
      source,
      images: images.map((image) => ({
        kind: image.kind,
        articleBytes: image.article,
        byHand: built(image.old.base, rounded(old.get(`${app} ${image.old.target}`))),
        ...(image.ours ? { goDocker: built(image.ours.base, ours.get(imageKey(app, image.ours))) } : {}),
      })),
    })),
  };
}

/** Layers made by hand hold times and Go's build cache, so that no two builds have the same bytes: three digits stay. */
function rounded(sizes) {
  const part = ({ unpackedBytes, compressedBytes }) => ({
    unpackedBytes: threeDigits(unpackedBytes),
    compressedBytes: threeDigits(compressedBytes),
  });
  return { base: part(sizes.base), app: part(sizes.app) };
}

function threeDigits(bytes) {
  return Number(bytes.toPrecision(3));
}
