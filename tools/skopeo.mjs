// Prints the path of skopeo, which reads layouts as its users do, the one of Debian: `node tools/skopeo.mjs`.
import { pathToFileURL } from 'node:url';
import { ensureDebianProgram } from './machine/debian-program.mjs';

/** The path of the program; throws an Error where it is neither there nor can be installed. */
export function ensureSkopeo() {
  return ensureDebianProgram(
    'skopeo',
    'skopeo is missing: https://github.com/containers/skopeo/blob/main/install.md',
  );
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) console.log(ensureSkopeo());
