// Prints the path of GitHub's own command line, which workflows call: `node tools/gh.mjs`. The tests let it speak with a stand-in of GitHub.
import { pathToFileURL } from 'node:url';
import { canInstall, installPackages } from './machine/debian.mjs';
import { capture } from './machine/run.mjs';

/** The path of the program; throws an Error where it is neither there nor can be installed. */
export function ensureGh() {
  const path = installedGh();
  if (path) return path;
  if (!canInstall()) throw new Error('gh is missing: install it from https://cli.github.com.');
  installPackages(['gh']);
  return installedGh();
}

function installedGh() {
  try {
    return capture('sh', ['-c', 'command -v gh']).trim();
  } catch {
    return undefined;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) console.log(ensureGh());
