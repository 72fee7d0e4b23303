export { openArchive } from './archive/open-archive';
export { openLayoutFolder } from './archive/open-layout-folder';
export { KeptFiles, type KeptFile, type KeptLimits } from './blobs/kept-files';
export { OciImageError, type ImageLocation, type OciImageErrorDetails } from './errors';
export type { DirectoryNode, FileNode, LinkNode, RegularNode, SpecialNode } from './files/file-node';
export { packLayer } from './files/pack-layer';
export { readImageFiles } from './files/read-image-files';
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
export type { HistoryEntry, ImageConfig } from './image-config';
export type { Descriptor, Layout, LayoutImage } from './layout/layout';
export { BUILD_EPOCH, type LayoutOptions, type NormalizeOptions } from './layout/layout-options';
export { layerEntries, type LayerEntry, type LayerFile } from './layout/layer-entries';
export { measureLayout } from './layout/measure-layout';
export { packImage } from './layout/pack-image';
export { readLayout } from './layout/read-layout';
export { verifyLayout } from './layout/verify-layout';
export { writeLayout } from './layout/write-layout';
export type { Credential, CredentialSource } from './registry/credentials/credential';
export { dockerCredentials } from './registry/credentials/docker-credentials';
export { pullConfig, pullImages, type PullOptions, type TransferProgress } from './registry/pull/pull-images';
export {
  pushLayout,
  type PushedImage,
  type PushOptions,
  type PushResult,
  type PushSubject,
} from './registry/push/push-layout';
export type { Referrer } from './registry/push/push-referrer';
export { formatReference, type ImageReference, parseReference } from './registry/reference';
export type { RegistryOptions, RetryPolicy, Timeouts } from './registry/registry-options';
export { ORIGIN_ANNOTATION } from './layout/write-layer';
