import type { BuildClosure } from '@go-docker/go-workspace';
import { GoDockerError } from '../errors';
import type { BlockOptions } from './block-keys';
import { compilesCpp } from './c-library';
import { parsePlatform } from './parse-platform';

/** Whether `base` is an Alpine, whose compiler links with musl. */
export function isAlpineBase({ cgo }: Pick<BlockOptions, 'cgo'>): boolean {
  return cgo === 'musl' || cgo === 'static';
}

/**
 * The packages that `base` needs besides those of the golang image. The one on Debian has compilers and version control, the one on
 * Alpine has neither.
 *
 * @throws GoDockerError where a program is to be packed for a platform that UPX packs nothing for.
 */
export function basePackages(options: BlockOptions, closure: BuildClosure): readonly string[] {
  if (options.upx) options.platforms?.forEach(assertPackable);
  if (!isAlpineBase(options)) return options.upx ? ['upx-ucl'] : [];
  return [
    compilesCpp(closure) ? 'g++' : 'gcc',
    'musl-dev',
    ...(options.private?.length ? ['git'] : []),
    ...(options.auth?.includes('ssh') ? ['openssh-client'] : []),
    ...(options.upx ? ['upx'] : []),
  ];
}

/** Go's cache tells C libraries apart by their compiler's version alone, so that one of musl's must not meet one of glibc. */
export function buildCache(options: Pick<BlockOptions, 'cgo'>): string {
  const mount = '--mount=type=cache,target=/root/.cache/go-build';
  return isAlpineBase(options) ? `${mount},id=go-build-musl` : mount;
}

/** Go programs of these run when they are packed. (https://github.com/upx/upx/blob/devel/doc/upx-doc.txt, NOTES FOR LINUX) */
const packable = new Set(['386', 'amd64', 'arm', 'arm64', 'ppc64le']);

function assertPackable(platform: string): void {
  if (packable.has(parsePlatform(platform).architecture)) return;
  throw new GoDockerError(`UPX does not pack Go programs for ${platform}`, {
    advice: `Leave out --upx, or ${platform}.`,
  });
}
