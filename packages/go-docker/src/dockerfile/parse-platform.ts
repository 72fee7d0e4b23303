import type { BuildPlatform } from '@go-docker/go-workspace';
import { GoDockerError, type SourceLocation } from '../errors';

/**
 * A platform such as `linux/arm/v7` in its parts.
 *
 * @throws GoDockerError where it is no platform of Linux.
 */
export function parsePlatform(platform: string, location?: SourceLocation): BuildPlatform {
  const [, architecture, variant] = /^linux\/([a-z0-9]+)(?:\/(v[0-9.]+))?$/.exec(platform) ?? [];
  if (architecture !== undefined) return { os: 'linux', architecture, variant };
  throw new GoDockerError(`${JSON.stringify(platform)} is not a platform that images are built for`, {
    location,
    advice: 'Write it as Docker does: linux/amd64, linux/arm64, linux/arm/v7.',
  });
}
