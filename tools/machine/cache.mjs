import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A folder outside the repository for what is costly to make and does not change. */
export function cacheDirectory(name) {
  const directory = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'go-docker', name);
  mkdirSync(directory, { recursive: true });
  return directory;
}
