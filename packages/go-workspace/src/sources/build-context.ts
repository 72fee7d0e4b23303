import type { BuildPlatform, BuildTarget } from './build-target';
import { type BuildConstraint, isSatisfied } from './build-constraint';
import { nameTags } from './source-file';

/** Which files are built for one platform. */
export interface BuildContext {
  readonly platform: BuildPlatform;
  readonly cgo: boolean;
  /** Whether the file's name allows it, such as `name_linux_arm64.go`. */
  acceptsName(name: string): boolean;
  /** Whether all of the tags hold. */
  acceptsTags(tags: readonly string[]): boolean;
  accepts(constraint: BuildConstraint | undefined): boolean;
}

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
    acceptsTags: (names) => names.length === 0 || names.every(isSet),
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
