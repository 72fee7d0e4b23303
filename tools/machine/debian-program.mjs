// Programs that the tests ask, of which Debian has a package.
import { canInstall, installPackages } from './debian.mjs';
import { capture } from './run.mjs';

/**
 * The path of a program whose package has its name.
 *
 * @param {string} missing says that it is missing, and how to get it
 * @throws Error where it is neither there nor can be installed
 */
export function ensureDebianProgram(name, missing) {
  const path = programPath(name);
  if (path) return path;
  if (!canInstall()) throw new Error(missing);
  installPackages([name]);
  return programPath(name);
}

/** Where the PATH has a program; undefined where it has none. */
export function programPath(name) {
  try {
    return capture('sh', ['-c', `command -v ${name}`]).trim();
  } catch {
    return undefined;
  }
}
