// Prints the path of GitHub's own command line, which workflows call: `node tools/gh.mjs`. The tests let it speak with a stand-in of GitHub.
import { pathToFileURL } from 'node:url';
import { ensureDebianProgram } from './machine/debian-program.mjs';

/** The path of the program; throws an Error where it is neither there nor can be installed. */
export function ensureGh() {
  return ensureDebianProgram('gh', 'gh is missing: install it from https://cli.github.com.');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) console.log(ensureGh());
