// Prints the path of skopeo, which reads layouts as its users do, the one of Debian: `node tools/skopeo.mjs`.
import { pathToFileURL } from 'node:url';
import { canInstall, installPackages } from './machine/debian.mjs';
import { capture } from './machine/run.mjs';

/** The path of the program; throws an Error where it is neither there nor can be installed. */
export function ensureSkopeo() {
  const path = installedSkopeo();
  if (path) return path;
  if (!canInstall())
    throw new Error('skopeo is missing: https://github.com/containers/skopeo/blob/main/install.md');
  installPackages(['skopeo']);
  return installedSkopeo();
}

function installedSkopeo() {
  try {
    return capture('sh', ['-c', 'command -v skopeo']).trim();
  } catch {
    return undefined;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) console.log(ensureSkopeo());
