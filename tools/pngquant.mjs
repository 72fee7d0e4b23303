// Prints the path of pngquant, which makes pictures small, the one of Debian: `node tools/pngquant.mjs`.
import { pathToFileURL } from 'node:url';
import { ensureDebianProgram } from './machine/debian-program.mjs';

/** The path of the program; throws an Error where it is neither there nor can be installed. */
export function ensurePngquant() {
  return ensureDebianProgram('pngquant', 'pngquant is missing: https://pngquant.org');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) console.log(ensurePngquant());
