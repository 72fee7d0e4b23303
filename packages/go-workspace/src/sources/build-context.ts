import type { BuildPlatform, BuildTarget } from './build-target';
import { type BuildConstraint, isSatisfied } from './build-constraint';

/** Which files are built for one platform. */
export interface BuildContext {
  readonly platform: BuildPlatform;
  readonly cgo: boolean;
  /** Whether the file's name allows it, such as `name_linux_arm64.go`. */
  acceptsName(name: string): boolean;
  accepts(constraint: BuildConstraint | undefined): boolean;
}

// From internal/syslist in the Go tree: what counts in a file name, ports of the past and the future with it.
export const SYSTEMS: ReadonlySet<string> = new Set(
  'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos'.split(
    ' ',
  ),
);
const ARCHITECTURES = new Set(
  `386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le
   ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm`.split(/\s+/),
);

/** The rules of go/build for the compiler gc on one platform of the target. */
export function buildContext(target: BuildTarget, platform: BuildPlatform): BuildContext {
  const tags = new Set([
    ...target.tags,
    platform.os,
    platform.architecture,
    'unix',
    'gc',
    ...(target.cgo ? ['cgo'] : []),
    ...releaseTags(target.goVersion),
    ...featureTags(platform),
  ]);
  const isSet = (tag: string): boolean => tags.has(tag);

  return {
    platform,
    cgo: target.cgo,
    accepts: (constraint) => constraint === undefined || isSatisfied(constraint, isSet),
    acceptsName: (name) => nameTags(name).every(isSet),
  };
}

function releaseTags(goVersion: string): string[] {
  const minor = Number(/^1\.(\d+)/.exec(goVersion)?.[1] ?? 0);
  return Array.from({ length: minor }, (_, index) => `go1.${index + 1}`);
}

/** What the go command sets for the platform's variant, or for the variant it takes without one. */
function featureTags({ architecture, variant }: BuildPlatform): string[] {
  const level = Number(/^v(\d)/.exec(variant ?? '')?.[1] ?? (architecture === 'arm' ? 7 : 1));
  const levels = (from: number): number[] =>
    Array.from({ length: level - from + 1 }, (_, index) => from + index);
  switch (architecture) {
    case 'amd64':
      return levels(1).map((each) => `amd64.v${each}`);
    case 'arm':
      return levels(5).map((each) => `arm.${each}`);
    case 'arm64':
      return ['arm64.v8.0'];
    case '386':
      return ['386.sse2'];
    case 'ppc64le':
      return ['ppc64le.power8'];
    case 'riscv64':
      return ['riscv64.rva20u64'];
    case 'mips64le':
      return ['mips64le.hardfloat'];
    default:
      return [];
  }
}

/** The tags that a file name asks for (go/build, goodOSArchFile): `linux.go` asks for none, `x_linux.go` does. */
export function nameTags(name: string): string[] {
  const [stem = ''] = name.split('.', 1);
  const parts = stem.split('_').slice(1);
  if (parts.at(-1) === 'test') parts.pop();
  const last = parts.at(-1) ?? '';
  const beforeLast = parts.at(-2) ?? '';
  if (SYSTEMS.has(beforeLast) && ARCHITECTURES.has(last)) return [beforeLast, last];
  return SYSTEMS.has(last) || ARCHITECTURES.has(last) ? [last] : [];
}
