import { type ArchivedImage, OciImageError, pullConfig, pullImages } from '@go-docker/oci-image';
import { GoDockerError } from '../../../errors';
import { cacheFolder } from '../../cache-folder';
import type { BaseImages } from './base-images';

/**
 * The images of registries, with the credentials of `docker login`. Each is fetched once, into a cache that all builds of this user share.
 *
 * @param tell Takes a line when a layer begins to come, and when it is there: a base may take minutes.
 */
export function registryImages(signal: AbortSignal, tell: (line: string) => void): BaseImages {
  return {
    find: (reference, platform) =>
      sharedFetch(`${reference} ${platform}`, () => fetchImage(reference, platform)),
    told: (reference, platform) =>
      sharedFetch(`config of ${reference} ${platform}`, () => fetchConfig(reference, platform)),
  };

  async function fetchConfig(
    reference: string,
    platform: string,
  ): Promise<Readonly<Record<string, unknown>> | undefined> {
    try {
      const { config } = await pullConfig(reference, platform, { cache: cacheFolder('base-images'), signal });
      return config;
    } catch (error) {
      throw notHad(reference, platform, error);
    }
  }

  async function fetchImage(reference: string, platform: string): Promise<ArchivedImage | undefined> {
    const sizes = new Map<string, 'coming' | 'there'>();
    try {
      const [image] = await pullImages(reference, [platform], {
        cache: cacheFolder('base-images'),
        cacheLimit: CACHE_BYTES,
        signal,
        onProgress({ digest, bytes, size }) {
          const before = sizes.get(digest);
          const isThere = bytes >= size;
          if (before === 'there' || (isThere && before === undefined)) return;
          if (before === undefined)
            tell(`Fetching ${reference}: ${megabytes(size)} (${digest.slice(7, 19)})`);
          if (isThere) tell(`Fetched ${reference}: ${digest.slice(7, 19)}`);
          sizes.set(digest, isThere ? 'there' : 'coming');
        },
      });
      return image;
    } catch (error) {
      throw notHad(reference, platform, error);
    }
  }
}

/** What is being fetched in this process: several builds at once mostly stand on one base. */
const underWay = new Map<string, Promise<unknown>>();

function sharedFetch<T>(what: string, fetch: () => Promise<T>): Promise<T> {
  // Each key says what its answer is.
  const known = underWay.get(what) as Promise<T> | undefined;
  const fetched = known ?? fetch().finally(() => underWay.delete(what));
  underWay.set(what, fetched);
  return fetched;
}

function notHad(reference: string, platform: string, error: unknown): unknown {
  if (!(error instanceof OciImageError)) return error;
  return new GoDockerError(
    `the base image ${reference} for ${platform} is not on this machine: ${error.what}`,
    { advice: error.advice, cause: error },
  );
}

/** Some hundred bases, as far as they share nothing; what was used within a day stays in any case. */
const CACHE_BYTES = 10e9;

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
