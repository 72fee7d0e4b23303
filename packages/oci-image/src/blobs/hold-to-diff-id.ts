import { OciImageError } from '../errors';
import type { Digest } from './digest';
import type { Measure } from './meter';

/** @param where Names the layer in errors. @throws OciImageError where an unpacked layer is not what its image's config says. */
export function holdToDiffId(actual: Measure, diffId: Digest, where: string): void {
  if (actual.digest === diffId) return;
  throw new OciImageError(`the layer is not what its diffID says: it has ${actual.digest}`, {
    location: { file: where },
    advice: 'build the image again',
  });
}
