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
  const setting = once(() => proxySetting());
  const versions = once(async (module: string) => moduleVersions(module, await setting('')));
  return {
    goReleases: async () => goReleases(await versions(toolchainModule)),
    newestRelease: async (module) => newestRelease(await versions(module)),
    digest: once(imageDigest),
  };
}

function once<T>(ask: (question: string) => Promise<T>): (question: string) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return (question) => {
    const answer = answers.get(question) ?? ask(question);
    answers.set(question, answer);
    return answer;
  };
}
