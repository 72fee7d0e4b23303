import type { Digest } from './blobs/digest';
import { JsonDocument } from './json-document';
import { shown } from './shown';

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

/** @param where Names the config in errors. @throws OciImageError where the text is no config of a Linux image. */
export function parseImageConfig(text: string, where: string): ImageConfig {
  const document = JsonDocument.parse(text, where);
  const os = document.string('os');
  if (os !== 'linux') document.fail('os', `is '${shown(os)}'; only linux images are read`);
  return {
    ...document.raw,
    os,
    architecture: platformPart(document, 'architecture') ?? document.string('architecture'),
    variant: platformPart(document, 'variant'),
    created: document.optionalString('created'),
    config: document.optionalChild('config')?.raw,
    rootfs: { type: 'layers', diff_ids: document.child('rootfs').digests('diff_ids') },
    history: document.children('history').map(parseHistoryEntry),
  };
}

/** Reports and paths are made of it. */
function platformPart(document: JsonDocument, key: 'architecture' | 'variant'): string | undefined {
  const part = document.optionalString(key);
  return part === undefined || /^[\w.-]+$/.test(part)
    ? part
    : document.fail(key, `is '${shown(part)}', which is no name`);
}

function parseHistoryEntry(entry: JsonDocument): HistoryEntry {
  return {
    ...entry.raw,
    created: entry.optionalString('created'),
    created_by: entry.optionalString('created_by'),
    empty_layer: entry.raw['empty_layer'] === true ? true : undefined,
  };
}

/**
 * @returns For example `linux/amd64` or `linux/arm/v7`, without the variant that an architecture has anyway, as
 * containerd writes it. https://github.com/containerd/platforms/blob/v0.2.1/database.go
 */
export function platformOf({ os, architecture, variant }: ImageConfig): string {
  const usual = { amd64: 'v1', arm64: 'v8' }[architecture];
  const shown = architecture === 'arm' ? (variant ?? 'v7') : variant === usual ? undefined : variant;
  return [os, architecture, shown].filter(Boolean).join('/');
}
