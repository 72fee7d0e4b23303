import type { Digest, Bytes } from '../image';
import type { ImageConfig } from '../image-config';

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly size: Bytes;
  readonly platform?: { readonly os: string; readonly architecture: string; readonly variant?: string };
  readonly annotations?: Readonly<Record<string, string>>;
}

/** An OCI image layout on disk. https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md */
export interface Layout {
  readonly directory: string;
  /** Name and tag it was written with. */
  readonly reference?: string;
  /** The index that lists the images, where there are several. */
  readonly index?: Descriptor;
  /** One entry for each platform, in the order of the index. */
  readonly images: readonly LayoutImage[];
}

export interface LayoutImage {
  /** For example `linux/amd64` or `linux/arm/v7`. */
  readonly platform: string;
  readonly manifest: Descriptor;
  readonly configDescriptor: Descriptor;
  readonly config: ImageConfig;
  /** Lowest layer first; the blobs are `blobs/sha256/<hex>` in the directory. */
  readonly layers: readonly Descriptor[];
}
