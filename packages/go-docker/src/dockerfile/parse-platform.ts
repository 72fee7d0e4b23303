import type { BuildPlatform } from '@go-docker/go-workspace';
import { GoDockerError, type SourceLocation } from '../errors';
import { meantPlatform, platformOf } from '../images/platform';

/**
 * A platform such as `linux/arm/v7` in its parts.
 *
 * @throws GoDockerError where no image is built for it.
 */
export function parsePlatform(platform: string, location?: SourceLocation): BuildPlatform {
  const [, architecture, variant] = platformOf(platform)?.split('/') ?? [];
  if (architecture !== undefined) return { os: 'linux', architecture, variant };
  throw new GoDockerError(`${JSON.stringify(platform)} is not a platform that images are built for`, {
    location,
    advice: `Did you mean ${meantPlatform(platform)}? Write it as Docker does: linux/amd64, linux/arm64, linux/arm/v7.`,
  });
}
