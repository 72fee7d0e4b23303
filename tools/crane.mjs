// Prints the path of a pinned crane, the client of registries whose answers the tests compare ours with: `node tools/crane.mjs`. Go builds it on
// first use.
import { pathToFileURL } from 'node:url';
import { ensureGoProgram } from './go-program.mjs';

/** The path of the program; throws an Error where it is neither there nor can be built. */
export function ensureCrane() {
  return ensureGoProgram('github.com/google/go-containerregistry/cmd/crane', 'v0.22.1');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) console.log(ensureCrane());
