// Prints the path of the browser in which the tests open the pages that we make: `node tools/chromium.mjs`. Debian's Chromium where none is there.
import { pathToFileURL } from 'node:url';
import { apt, canInstall } from './machine/debian.mjs';
import { programPath } from './machine/debian-program.mjs';

const NAMES = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser'];

/** The path of the program; throws an Error where it is neither there nor can be installed. */
export function ensureChromium() {
  const path = installedChromium();
  if (path) return path;
  if (!canInstall()) {
    throw new Error(
      'Chromium is missing: install it, or Chrome, so that `chromium` or `google-chrome` starts it.',
    );
  }
  console.error('Installing chromium');
  apt('update');
  // The release's own one, with a font: trixie's would bring new libraries along.
  apt('install', '--yes', '--no-install-recommends', 'chromium', 'fonts-dejavu-core');
  return installedChromium();
}

function installedChromium() {
  return NAMES.map(programPath).find((path) => path !== undefined);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) console.log(ensureChromium());
