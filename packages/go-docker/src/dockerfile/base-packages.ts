import { GoDockerError } from '../errors';
import type { BlockOptions } from './block-keys';
import { parsePlatform } from './parse-platform';

/**
 * The packages that `base` needs besides those of the golang image.
 *
 * @throws GoDockerError where a program is to be packed for a platform that UPX packs nothing for.
 */
export function basePackages({ upx, platforms }: BlockOptions): readonly string[] {
  if (!upx) return [];
  platforms?.forEach(assertPackable);
  return ['upx-ucl'];
}

/** Go programs of these run when they are packed. (https://github.com/upx/upx/blob/devel/doc/upx-doc.txt, NOTES FOR LINUX) */
const packable = new Set(['386', 'amd64', 'arm', 'arm64', 'ppc64le']);

function assertPackable(platform: string): void {
  if (packable.has(parsePlatform(platform).architecture)) return;
  throw new GoDockerError(`UPX does not pack Go programs for ${platform}`, {
    advice: `Leave out --upx, or ${platform}.`,
  });
}
