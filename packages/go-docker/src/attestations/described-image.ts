import type { Digest } from '@go-docker/oci-image';

/** An image of one platform, as it is known in its registry. */
export interface DescribedImage {
  /** `registry.example.com/shop/api` */
  readonly repository: string;
  /** `linux/amd64` */
  readonly platform: string;
  /** Of its manifest. */
  readonly digest: Digest;
}

/** https://github.com/package-url/purl-spec/blob/main/types-doc/oci-definition.md */
export function imagePurl({ repository, platform, digest }: DescribedImage): string {
  const name = repository.split('/').at(-1) ?? repository;
  const [, architecture = ''] = platform.split('/');
  return `pkg:oci/${name}@${encodeURIComponent(digest)}?arch=${architecture}&repository_url=${encodeURIComponent(repository)}`;
}

/** `2026-01-02T03:04:05Z`: neither form of SBOM takes fractions of seconds everywhere. */
export function secondsOf(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, 'Z');
}
