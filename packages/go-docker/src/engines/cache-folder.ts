import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * A folder for what can be made or fetched again, shared by all builds of this user: where the system wants caches.
 * (https://specifications.freedesktop.org/basedir-spec/latest/ and its like elsewhere)
 *
 * @param what `base-images` as registries give them; `layers` that were compressed; `programs` that Go has linked.
 */
export function cacheFolder(what: 'base-images' | 'layers' | 'programs'): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  const caches = {
    win32: () => LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'),
    darwin: () => join(homedir(), 'Library', 'Caches'),
  };
  const own =
    process.platform === 'win32' || process.platform === 'darwin' ? caches[process.platform]() : undefined;
  return join(own ?? (XDG_CACHE_HOME || join(homedir(), '.cache')), 'go-docker', what);
}
