import { once, onceEach } from '../once';
import { imageDigest } from './image-digest';
import { goReleases, newestRelease, toolchainModule } from './go-releases';
import { moduleVersions, proxySetting } from './module-proxy';

/** Where new versions are known from. Each question is asked once; an answer that there is not is an error each time. */
export interface Sources {
  /** Every release of Go. */
  goReleases(): Promise<readonly string[]>;
  /** The newest release of a Go module; undefined where it has none. */
  newestRelease(module: string): Promise<string | undefined>;
  /** The digest of a tag. */
  digest(reference: string): Promise<string>;
}

/** The module proxies of GOPROXY, and the registries of the images. */
export function onlineSources(): Sources {
  const setting = once(proxySetting);
  const versions = onceEach(async (module: string) => moduleVersions(module, await setting()));
  return {
    goReleases: async () => goReleases(await versions(toolchainModule)),
    newestRelease: async (module) => newestRelease(await versions(module)),
    digest: onceEach(imageDigest),
  };
}
