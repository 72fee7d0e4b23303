import type { Digest } from './image';

/**
 * The config of one image. Fields this package does not read are kept as they are.
 * https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md
 */
export interface ImageConfig {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
  /** RFC 3339. */
  readonly created?: string;
  /** What a container of this image runs: entrypoint, environment, user. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly rootfs: { readonly type: 'layers'; readonly diff_ids: readonly Digest[] };
  readonly history?: readonly HistoryEntry[];
  readonly [other: string]: unknown;
}

export interface HistoryEntry {
  /** RFC 3339. */
  readonly created?: string;
  readonly created_by?: string;
  /** True for an instruction that made no layer. */
  readonly empty_layer?: boolean;
  readonly [other: string]: unknown;
}
