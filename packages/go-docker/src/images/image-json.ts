/** A number of bytes. */
export type Bytes = number;

/** `algorithm:hex`, as in the OCI image specification. */
export type Digest = `sha256:${string}`;

/** What an image is made of, as `image.json` beside the layout says it. No time, host or engine is in it. */
export interface ImageJson {
  /** Name of the Nx project. */
  readonly project: string;
  /** One entry for each platform, in the order they were asked for. */
  readonly images: readonly PlatformImage[];
}

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
