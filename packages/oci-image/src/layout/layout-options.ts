/**
 * What `SOURCE_DATE_EPOCH` is set to for a build, in seconds: 1985-10-26T08:15:00Z. BuildKit gives this time to exactly
 * the history entries that the build itself made, on every image store, so they can be told from those of the base.
 */
export const BUILD_EPOCH = 499162500;

export interface NormalizeOptions {
  /** The `SOURCE_DATE_EPOCH` of the build, in seconds. */
  readonly buildEpoch: number;
  /**
   * `kept` (the default): a base layer that came compressed stays the blob that the registry knows, so that pushes and
   * pulls share it. `recompressed`: base layers are compressed anew like the app's, so that the digest of the manifest
   * does not depend on whether the image store keeps compressed blobs.
   */
  readonly baseLayers?: 'kept' | 'recompressed';
  /** A folder where compressed layers are kept, so that none is compressed twice; processes may share it. It never changes a digest. */
  readonly layerCache?: string;
}

export interface LayoutOptions extends NormalizeOptions {
  /** Name and tag under which `docker load` puts the image, for example `api:latest`. */
  readonly reference?: string;
  /** Ends the writing; nothing is left behind, and the signal's reason is thrown. */
  readonly signal?: AbortSignal;
}
