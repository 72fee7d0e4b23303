import { OciImageError } from '../../errors';
import { shown } from '../../shown';

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}

/** @throws OciImageError for a text that is not like `linux/amd64` or `linux/arm/v7`. */
export function parsePlatform(text: string): Platform {
  const [os = '', architecture = '', variant, ...rest] = text.split('/');
  if (rest.length > 0 || ![os, architecture, variant ?? 'v1'].every((part) => /^[\w.-]+$/.test(part))) {
    throw new OciImageError(`'${shown(text)}' is no platform`, {
      advice: 'write it as linux/amd64 or linux/arm/v7',
    });
  }
  return normalPlatform({ os, architecture, variant });
}

/** @returns For example `linux/arm/v7`. */
export function platformText({ os, architecture, variant }: Platform): string {
  return [os, architecture, variant].filter(Boolean).join('/');
}

/**
 * @returns The platform in one spelling: without the variant that an architecture has anyway, and with the one that it needs.
 * https://github.com/containerd/platforms/blob/v1.0.0-rc.1/database.go
 */
export function normalPlatform({ os, architecture, variant = '' }: Platform): Platform {
  const [name, own] = ALIASES.get(architecture.toLowerCase()) ?? [
    architecture.toLowerCase(),
    variant.toLowerCase(),
  ];
  const spelled = /^\d/.test(own) ? `v${own}` : own;
  const usual = { amd64: 'v1', arm64: 'v8' }[name];
  const normal = name === 'arm' ? spelled || 'v7' : spelled === usual ? '' : spelled;
  return { os: os.toLowerCase(), architecture: name, variant: normal || undefined };
}

const ALIASES: ReadonlyMap<string, readonly [architecture: string, variant: string]> = new Map([
  ['i386', ['386', '']],
  ['x86_64', ['amd64', '']],
  ['x86-64', ['amd64', '']],
  ['aarch64', ['arm64', '']],
  ['armhf', ['arm', 'v7']],
  ['armel', ['arm', 'v6']],
]);

/**
 * @param wanted In its normal spelling.
 * @returns The platforms whose programs run there, the best first.
 * https://github.com/containerd/platforms/blob/v1.0.0-rc.1/compare.go
 */
export function acceptedPlatforms(wanted: Platform): readonly Platform[] {
  const { os, architecture, variant } = wanted;
  const lower = acceptedVariants(architecture, variant).map((one) =>
    normalPlatform({ os, architecture, variant: one }),
  );
  const smaller =
    architecture === 'amd64'
      ? [{ os, architecture: '386' }]
      : architecture === 'arm64'
        ? acceptedPlatforms({ os, architecture: 'arm', variant: 'v8' })
        : [];
  return [wanted, ...lower, ...smaller];
}

function acceptedVariants(architecture: string, variant: string | undefined): readonly string[] {
  const [major = 0, minor = 0] = (variant ?? '').replace(/^v/, '').split('.').map(Number);
  if (architecture === 'amd64') return downTo(major - 1, 1).map((version) => `v${version}`);
  if (architecture === 'arm') return downTo(major - 1, 5).map((version) => `v${version}`);
  if (architecture !== 'arm64') return [];
  // v9.0 came out of v8.5.
  return major === 9
    ? [
        ...downTo(minor - 1, 0).map((one) => `v9.${one}`.replace(/\.0$/, '')),
        ...downTo(minor + 5, 0).map(armV8),
      ]
    : downTo(minor - 1, 0).map(armV8);
}

function armV8(minor: number): string {
  return minor === 0 ? 'v8' : `v8.${minor}`;
}

function downTo(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, from - to + 1) }, (_, at) => from - at);
}

/**
 * @param offered What there is, in the order of the index.
 * @returns The first of the best; undefined where none runs there.
 */
export function choosePlatform<T extends { readonly platform: Platform }>(
  offered: readonly T[],
  wanted: Platform,
): T | undefined {
  for (const accepted of acceptedPlatforms(wanted)) {
    const text = platformText(accepted);
    const found = offered.find(({ platform }) => platformText(normalPlatform(platform)) === text);
    if (found) return found;
  }
  return undefined;
}
