import type { Readable } from 'node:stream';
import type { Bytes, Digest } from './blobs/digest';
import type { ImageConfig } from './image-config';

export type { Bytes, Digest } from './blobs/digest';

/** An image as it came out of a builder: one entry for each platform. */
export interface ImageArchive {
  /** The file it was read from. */
  readonly file: string;
  readonly images: readonly ArchivedImage[];
}

export interface ArchivedImage {
  /** For example `linux/amd64` or `linux/arm/v7`. */
  readonly platform: string;
  readonly config: ImageConfig;
  /** Lowest layer first. */
  readonly layers: readonly ArchivedLayer[];
}

export type LayerCompression = 'none' | 'gzip' | 'zstd';

export interface ArchivedLayer {
  /** Digest of the layer as a tar archive, as the image's config says it. */
  readonly diffId: Digest;
  /** Digest of the stored blob; absent where the archive's format names none (`docker save` before Docker 25). */
  readonly digest?: Digest;
  readonly compression: LayerCompression;
  /** Size of the stored blob. */
  readonly size: Bytes;
  /** The bytes are a tar in the form that `CANONICAL_FORM` names, so that nothing is left to be made equal. */
  readonly isCanonical?: boolean;
  /** The stored bytes. The stream ends with an OciImageError where they do not have {@link digest}. */
  open(): Readable;
}

/** Sizes and digests of a layout, one entry for each platform in the order they were asked for. */
export type LayoutSummary = readonly PlatformImage[];

export interface PlatformImage {
  /** For example `linux/amd64` or `linux/arm/v7`. */
  readonly platform: string;
  /** Digest of the platform's manifest. */
  readonly digest: Digest;
  /** Sum of the layers as tar archives. */
  readonly unpackedBytes: Bytes;
  /** Sum of the layers as a registry stores them. */
  readonly compressedBytes: Bytes;
  /** Lowest layer first. */
  readonly layers: readonly ImageLayer[];
}

export interface ImageLayer {
  /** Digest of the layer as a tar archive. */
  readonly diffId: Digest;
  /** Digest of the layer as it is stored. */
  readonly digest: Digest;
  readonly unpackedBytes: Bytes;
  readonly compressedBytes: Bytes;
  /** `base` came with the image that `FROM` names, `app` was added by the Dockerfile. */
  readonly origin: 'base' | 'app';
}
