import type { ArchivedImage } from '@go-docker/oci-image';
import { GoDockerError, type SourceLocation } from '../../../errors';

/** Where the images come from that stages start from. */
export interface BaseImages {
  /**
   * @param reference As FROM names it: `alpine:3.22`, `gcr.io/distroless/static-debian13:nonroot@sha256:…`.
   * @param platform What the stage is for.
   * @returns undefined where there is no image of that name; its layers are read when something opens them.
   * @throws GoDockerError or OciImageError where there is one and it cannot be read.
   */
  find(reference: string, platform: string): Promise<ArchivedImage | undefined>;

  /**
   * What a container of the image runs, its variables above all, where that can be told without fetching the image.
   *
   * @returns By the names of the OCI specification; undefined where it cannot be told.
   * @throws GoDockerError where the one who knows cannot be asked.
   */
  told?(reference: string, platform: string): Promise<Readonly<Record<string, unknown>> | undefined>;
}

/** The first that has an image gives it. */
export function firstOf(sources: readonly BaseImages[]): BaseImages {
  return {
    async find(reference, platform) {
      for (const source of sources) {
        const image = await source.find(reference, platform);
        if (image) return image;
      }
      return undefined;
    },
    async told(reference, platform) {
      for (const source of sources) {
        const config = await source.told?.(reference, platform);
        if (config) return config;
      }
      return undefined;
    },
  };
}

/**
 * The image for a platform among those of one name: the one for that variant, else the one for the next older variant, which it runs
 * too. (https://github.com/containerd/platforms/blob/v0.2.1/compare.go)
 */
export function imageFor(images: readonly ArchivedImage[], platform: string): ArchivedImage | undefined {
  return variantsFor(platform)
    .map((each) => images.find((image) => image.platform === each))
    .find((image) => image !== undefined);
}

function variantsFor(platform: string): readonly string[] {
  const [, base, variant] = /^(linux\/(?:amd64|arm))(?:\/v(\d))?$/.exec(platform) ?? [];
  if (base === undefined || variant === undefined) return [platform];
  const older = Array.from({ length: Number(variant) }, (_, at) => `${base}/v${Number(variant) - at}`);
  return base === 'linux/amd64' ? [...older, base] : older.filter((each) => !/v[1-4]$/.test(each));
}

/** @returns The error where no source has the image that a stage starts from. */
export function noBaseImage(reference: string, platform: string, location: SourceLocation): GoDockerError {
  return new GoDockerError(`the base image ${reference} for ${platform} is not on this machine`, {
    location,
    advice: `fetch it: docker pull --platform=${platform} ${reference}; or --engine=docker, which fetches it by itself`,
  });
}
