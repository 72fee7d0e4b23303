// Prints the path of a registry server that tests start on loopback, the one of Debian: `node tools/docker-registry.mjs`.
import { pathToFileURL } from 'node:url';
import { ensureDebianProgram } from './machine/debian-program.mjs';

/** The path of the program; throws an Error where it is neither there nor can be installed. */
export function ensureRegistry() {
  return ensureDebianProgram(
    'docker-registry',
    'docker-registry is missing: install https://github.com/distribution/distribution under that name.',
  );
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) console.log(ensureRegistry());
