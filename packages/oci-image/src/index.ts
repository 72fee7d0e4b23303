import type { ImageArchive, LayoutSummary } from './image';
import type { Layout } from './layout/layout';
import type { LayoutOptions } from './layout/layout-options';

export { OciImageError, type ImageLocation, type OciImageErrorDetails } from './errors';
export { BUILD_EPOCH, type LayoutOptions, type NormalizeOptions } from './layout/layout-options';
export type { HistoryEntry, ImageConfig } from './image-config';
export type {
  ArchivedImage,
  ArchivedLayer,
  Bytes,
  Digest,
  ImageArchive,
  ImageLayer,
  LayerCompression,
  LayoutSummary,
  PlatformImage,
} from './image';
export type { Layout, LayoutImage, Descriptor } from './layout/layout';

export declare function openArchive(file: string): Promise<ImageArchive>;
export declare function writeLayout(
  directory: string,
  archives: readonly ImageArchive[],
  options: LayoutOptions,
): Promise<LayoutSummary>;
export declare function readLayout(directory: string): Promise<Layout>;
export declare function measureLayout(directory: string): Promise<LayoutSummary>;
export declare function verifyLayout(directory: string): Promise<LayoutSummary>;
