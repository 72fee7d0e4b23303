/** Go's names of the architectures that Linux runs on. https://go.dev/doc/install/source#environment */
const ARCHITECTURES: ReadonlySet<string> = new Set([
  '386',
  'amd64',
  'arm',
  'arm64',
  'loong64',
  'mips',
  'mips64',
  'mips64le',
  'mipsle',
  'ppc64',
  'ppc64le',
  'riscv64',
  's390x',
]);

const VARIANTS: ReadonlyMap<string, RegExp> = new Map([
  ['arm', /^v[567]$/],
  ['arm64', /^v[89](\.\d)?$/],
  ['amd64', /^v[1234]$/],
]);

/** The variants that BuildKit leaves out, and the one that it fills in. https://github.com/containerd/platforms */
const NORMAL: ReadonlyMap<string, string> = new Map([
  ['linux/arm', 'linux/arm/v7'],
  ['linux/arm64/v8', 'linux/arm64'],
  ['linux/amd64/v1', 'linux/amd64'],
]);

/**
 * A platform in BuildKit's own spelling: `linux/arm` is `linux/arm/v7`, `linux/arm64/v8` is `linux/arm64`.
 *
 * @returns undefined for what is no platform of a Linux image.
 */
export function platformOf(text: string): string | undefined {
  const [os, architecture = '', variant, ...rest] = text.split('/');
  if (os !== 'linux' || !ARCHITECTURES.has(architecture) || rest.length > 0) return undefined;
  if (variant !== undefined && !VARIANTS.get(architecture)?.test(variant)) return undefined;
  return NORMAL.get(text) ?? text;
}

/** Other names under which people know an architecture. */
const MEANT: readonly (readonly [RegExp, string])[] = [
  [/x86[_-]64|x64|amd64/i, 'linux/amd64'],
  [/aarch64|armv8|arm64/i, 'linux/arm64'],
  [/armhf|arm-?v7/i, 'linux/arm/v7'],
  [/armel|arm-?v6/i, 'linux/arm/v6'],
  [/i[3456]86|x86|386/i, 'linux/386'],
];

/** The platform that was most likely meant by a text that is none. */
export function meantPlatform(text: string): string {
  return MEANT.find(([pattern]) => pattern.test(text))?.[1] ?? 'linux/amd64';
}
