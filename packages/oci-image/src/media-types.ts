import type { JsonDocument } from './json-document';

export const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
export const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';

/** Lists of images, in the words of OCI and of Docker's schema 2. */
export const INDEX_TYPES: ReadonlySet<string> = new Set([
  OCI_INDEX,
  'application/vnd.docker.distribution.manifest.list.v2+json',
]);

/** Single images. */
export const MANIFEST_TYPES: ReadonlySet<string> = new Set([
  OCI_MANIFEST,
  'application/vnd.docker.distribution.manifest.v2+json',
]);

/** Provenance and SBOM, which BuildKit files under a platform that does not exist. */
export function isAttestation(descriptor: JsonDocument): boolean {
  const annotations = descriptor.optionalChild('annotations')?.raw;
  if (annotations?.['vnd.docker.reference.type'] === 'attestation-manifest') return true;
  const platform = descriptor.optionalChild('platform')?.raw;
  return platform?.['os'] === 'unknown' && platform['architecture'] === 'unknown';
}
