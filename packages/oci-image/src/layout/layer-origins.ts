import { OciImageError } from '../errors';
import type { ImageLayer } from '../image';
import type { HistoryEntry, ImageConfig } from '../image-config';

type Origin = ImageLayer['origin'];

/**
 * Tells the layers that the build added from those of its base by the times in the image's history.
 * @param buildEpoch The `SOURCE_DATE_EPOCH` of the build, in seconds.
 * @param file Names the image in errors.
 * @returns One origin for each layer, lowest first.
 * @throws OciImageError where the history does not fit the layers, or knows nothing of the build.
 */
export function layerOrigins(config: ImageConfig, buildEpoch: number, file: string): readonly Origin[] {
  const history = (config.history ?? []).filter((entry) => entry.empty_layer !== true);
  const layers = config.rootfs.diff_ids.length;
  if (history.length !== layers) {
    throw unfit(file, `its history names ${history.length} layers, and it has ${layers}`);
  }
  refuseForeign(config, buildEpoch, file);
  const origins = history.map((entry): Origin => (isOfBuild(entry, buildEpoch) ? 'app' : 'base'));
  const firstOfApp = origins.indexOf('app');
  if (firstOfApp !== -1 && origins.lastIndexOf('base') > firstOfApp) {
    throw unfit(file, 'a layer of the base lies above one of the app');
  }
  return origins;
}

function refuseForeign(config: ImageConfig, buildEpoch: number, file: string): void {
  if (config.history?.some((entry) => isOfBuild(entry, buildEpoch))) return;
  throw new OciImageError(`nothing in the image was added by this build (SOURCE_DATE_EPOCH=${buildEpoch})`, {
    location: { file },
    advice:
      'let the stage add something to its base; where it does, use Docker 23 or newer (BuildKit 0.11) and no ' +
      '`# syntax=` line older than docker/dockerfile:1.5',
  });
}

/** @returns Whether the build with this `SOURCE_DATE_EPOCH` made the entry. */
export function isOfBuild({ created }: HistoryEntry, buildEpoch: number): boolean {
  return created !== undefined && Date.parse(created) === buildEpoch * 1000;
}

function unfit(file: string, what: string): OciImageError {
  return new OciImageError(`the layers of the base image cannot be told from the app's: ${what}`, {
    location: { file },
    advice: 'use a base image whose history lists its layers',
  });
}
