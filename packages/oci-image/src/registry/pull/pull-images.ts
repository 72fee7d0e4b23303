import type { Bytes, Digest } from '../../blobs/digest';
import type { ArchivedImage } from '../../image';
import { type ImageConfig, platformOf } from '../../image-config';
import { inParallel, stoppable } from '../../in-parallel';
import { formatReference, parseReference } from '../reference';
import type { RegistryOptions } from '../registry-options';
import { BlobCache } from './blob-cache';
import { findImages } from './find-images';
import { ImageSource } from './image-source';

export interface PullOptions extends RegistryOptions {
  /** The folder where blobs are kept by their digests. It is made where it is missing; several processes may share it. */
  readonly cache: string;
  /** Above this many bytes the cache gives up what was not used for the longest time, and not within a day. Default: it keeps all. */
  readonly cacheLimit?: Bytes;
  /** How many layers are fetched at once. Default 4. */
  readonly parallel?: number;
  readonly onProgress?: (progress: TransferProgress) => void;
}

/** How far one blob is. */
export interface TransferProgress {
  readonly digest: Digest;
  /** Of the blob, there or sent; all of them at once where they were there already. */
  readonly bytes: Bytes;
  readonly size: Bytes;
}

const DEFAULT_PARALLEL = 4;

/**
 * Fetches images with all their layers into the cache. What is in the cache is not fetched again; an image that is named by its digest, and
 * is there whole, needs no network.
 *
 * @param reference As in a Dockerfile: `alpine:3.22`, `registry.example.com/team/api@sha256:…`.
 * @param platforms For example `['linux/amd64', 'linux/arm/v7']`; where there is none, the best is taken that runs there, as containerd does.
 * @returns One image for each platform, in their order. Its own platform is what its config says.
 * @throws OciImageError for a registry that refuses, fails, hangs or sends something else than it says; for a platform that there is not.
 */
export function pullImages(
  reference: string,
  platforms: readonly string[],
  options: PullOptions,
): Promise<readonly ArchivedImage[]> {
  return stoppable(options.signal, async (stop) => {
    const parsed = parseReference(reference);
    const cache = new BlobCache(options.cache);
    const source = new ImageSource(parsed, cache, { ...options, signal: stop.signal });
    const by = parsed.digest ?? parsed.tag ?? 'latest';
    const images = await findImages(source, by, platforms, formatReference(parsed));
    const layers = new Map(images.flatMap((image) => image.layers.map((layer) => [layer.digest, layer])));
    await inParallel([...layers.values()], options.parallel ?? DEFAULT_PARALLEL, stop, ({ digest, size }) =>
      source.fetchBlob({ digest, size }, (bytes) => options.onProgress?.({ digest, bytes, size })),
    );
    if (options.cacheLimit !== undefined) await cache.prune(options.cacheLimit);
    return Promise.all(
      images.map(async ({ config, layers: own }) => ({
        platform: platformOf(config),
        config,
        layers: await Promise.all(own.map((layer) => cache.layer(layer, layer.diffId))),
      })),
    );
  });
}

/**
 * Asks what an image says of itself, without its layers. The answer is kept in the cache, and not asked for again where the image is named by its
 * digest.
 *
 * @param platform As for {@link pullImages}.
 * @throws OciImageError as {@link pullImages} does.
 */
export function pullConfig(
  reference: string,
  platform: string,
  options: Omit<PullOptions, 'parallel' | 'onProgress' | 'cacheLimit'>,
): Promise<ImageConfig> {
  return stoppable(options.signal, async (stop) => {
    const parsed = parseReference(reference);
    const source = new ImageSource(parsed, new BlobCache(options.cache), { ...options, signal: stop.signal });
    const by = parsed.digest ?? parsed.tag ?? 'latest';
    const [image] = await findImages(source, by, [platform], formatReference(parsed));
    if (!image) throw new Error('one platform was asked for');
    return image.config;
  });
}
