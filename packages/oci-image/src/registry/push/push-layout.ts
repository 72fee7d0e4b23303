import type { Bytes, Digest } from '../../blobs/digest';
import { inParallel, stoppable } from '../../in-parallel';
import type { TransferProgress } from '../pull/pull-images';
import { formatReference, parseReference } from '../reference';
import type { RegistryOptions } from '../registry-options';
import { destinationsOf, type NamedDestination } from './destination';
import { pushManifest } from './push-manifest';
import { type Annotations, planPush, type PushedDocument, type PushPlan } from './push-plan';
import { pushReferrer, type Referrer } from './push-referrer';
import { uploadBlob, type UploadOutcome } from './upload-blob';

export interface PushOptions extends Omit<RegistryOptions, 'mirrors'> {
  /** Of each manifest and of the index. With any, the digest is another one than the layout's. */
  readonly annotations?: Annotations;
  /** What is stored beside each manifest, and beside the index. Asked once for each; the tags are set when all is there. */
  readonly referrers?: (subject: PushSubject) => readonly Referrer[] | Promise<readonly Referrer[]>;
  /** References of repositories that may have some layers: those of the same registry give them without sending. */
  readonly mountFrom?: readonly string[];
  /** Larger blobs are sent in pieces of this size. Default: as one, and in pieces where the registry finds that too large. */
  readonly chunkBytes?: Bytes;
  /** How many blobs are sent at once. Default 4. */
  readonly parallel?: number;
  readonly onProgress?: (progress: TransferProgress) => void;
}

/** What a referrer speaks of. */
export interface PushSubject {
  readonly digest: Digest;
  /** Of a manifest; an index has none. */
  readonly platform?: string;
  /** Whether the tags name it. */
  readonly isTop: boolean;
  /** Digests of the manifests by platform: all that an index lists, or the manifest's own. */
  readonly images: readonly PushedImage[];
}

export interface PushedImage {
  /** For example `linux/amd64`. */
  readonly platform: string;
  readonly digest: Digest;
}

export interface PushResult {
  /** What the tags name: the index of several platforms, or the only manifest. */
  readonly digest: Digest;
  readonly images: readonly PushedImage[];
  /** The whole names, with their tags, in the order of the targets. */
  readonly references: readonly string[];
  /** How many blobs were sent, mounted, and there already, over all repositories. */
  readonly blobs: Readonly<Record<UploadOutcome, number>>;
}

const DEFAULT_PARALLEL = 4;

/**
 * Pushes what {@link writeLayout} has written. Nothing is sent that a registry has; tags are set at the very end.
 *
 * @param targets Whole names with tags, such as `registry.example.com/team/api:1.0`; several registries, repositories and tags.
 * @throws OciImageError for a layout that is not whole, for a bad name, and for a registry that refuses, fails or hangs.
 */
export function pushLayout(
  directory: string,
  targets: readonly string[],
  options: PushOptions = {},
): Promise<PushResult> {
  return stoppable(options.signal, async (stop) => {
    const destinations = destinationsOf(targets, { ...options, signal: stop.signal });
    const plan = await planPush(directory, options.annotations ?? {});
    const referrers = await referrersOf(plan, options);
    const blobs = { sent: 0, mounted: 0, there: 0 };
    for (const [at, destination] of destinations.entries()) {
      const mountFrom = mountable(destination, destinations.slice(0, at), options);
      for (const outcome of await pushBlobs(destination, plan, mountFrom, options, stop)) blobs[outcome]++;
      await pushDocuments(destination, plan);
      for (const [subject, referrer] of referrers) await pushReferrer(destination, subject, referrer);
    }
    for (const destination of destinations) {
      for (const tag of destination.tags) await pushManifest(destination, plan.top, tag);
    }
    const references = destinations.flatMap(({ registry, repository, tags }) =>
      tags.map((tag) => formatReference({ registry, repository, tag })),
    );
    return { digest: plan.top.digest, images: imagesOf(plan.manifests), references, blobs };
  });
}

/** In the order in which they are stored: what is in an index before the index. */
function documentsOf({ manifests, top }: PushPlan): readonly PushedDocument[] {
  return manifests.includes(top) ? manifests : [...manifests, top];
}

async function referrersOf(
  plan: PushPlan,
  { referrers = () => [] }: PushOptions,
): Promise<readonly (readonly [PushedDocument, Referrer])[]> {
  const all: (readonly [PushedDocument, Referrer])[] = [];
  for (const document of documentsOf(plan)) {
    const { digest, platform } = document;
    const images = imagesOf(platform === undefined ? plan.manifests : [document]);
    const own = await referrers({ digest, platform, isTop: document === plan.top, images });
    all.push(...own.map((referrer) => [document, referrer] as const));
  }
  return all;
}

function imagesOf(manifests: readonly PushedDocument[]): readonly PushedImage[] {
  return manifests.flatMap(({ platform, digest }) => (platform === undefined ? [] : [{ platform, digest }]));
}

function mountable(
  { registry }: NamedDestination,
  earlier: readonly NamedDestination[],
  { mountFrom = [] }: PushOptions,
): readonly string[] {
  const given = [...earlier, ...mountFrom.map(parseReference)];
  return [...new Set(given.filter((one) => one.registry === registry).map(({ repository }) => repository))];
}

function pushBlobs(
  destination: NamedDestination,
  { blobs }: PushPlan,
  mountFrom: readonly string[],
  { chunkBytes, parallel = DEFAULT_PARALLEL, onProgress }: PushOptions,
  stop: AbortController,
): Promise<readonly UploadOutcome[]> {
  return inParallel(blobs, parallel, stop, async (blob) => {
    const { digest, size } = blob;
    const onBytes = (bytes: Bytes) => onProgress?.({ digest, bytes, size });
    const outcome = await uploadBlob(destination, blob, { mountFrom, chunkBytes, onBytes });
    if (outcome !== 'sent') onBytes(size);
    return outcome;
  });
}

async function pushDocuments(destination: NamedDestination, plan: PushPlan): Promise<void> {
  for (const document of documentsOf(plan)) await pushManifest(destination, document, document.digest);
}
