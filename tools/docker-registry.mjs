// Prints the path of a registry server that tests start on loopback, the one of Debian: `node tools/docker-registry.mjs`.
import { pathToFileURL } from 'node:url';
import { canInstall, installPackages } from './machine/debian.mjs';
import { capture } from './machine/run.mjs';

/** The path of the program; throws an Error where it is neither there nor can be installed. */
export function ensureRegistry() {
  const path = installedRegistry();
  if (path) return path;
  if (!canInstall()) {
    throw new Error(
      'docker-registry is missing: install https://github.com/distribution/distribution under that name.',
    );
  }
  installPackages(['docker-registry']);
  return installedRegistry();
}

function installedRegistry() {
  try {
    return capture('sh', ['-c', 'command -v docker-registry']).trim();
  } catch {
    return undefined;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) console.log(ensureRegistry());
