import { createHash } from 'node:crypto';

/** A number of bytes. */
export type Bytes = number;

/** `algorithm:hex`, as in the OCI image specification. */
export type Digest = `sha256:${string}`;

/** @returns Whether this is a digest of the one algorithm that Docker, BuildKit and registries write. */
export function isDigest(value: unknown): value is Digest {
  return typeof value === 'string' && /^sha256:[0-9a-f]{64}$/.test(value);
}

export function digestOf(bytes: Buffer | string): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** Where a blob lies, below the root of an OCI layout. */
export function blobPath(digest: Digest): string {
  return `blobs/sha256/${digest.slice('sha256:'.length)}`;
}
