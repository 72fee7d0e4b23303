import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureTrixieSource } from '../machine/debian.mjs';
import { capture } from '../machine/run.mjs';

/** Downloads packages of Debian trixie (apt checks their signatures) and unpacks their files, running none of them. */
export function extractPackages(packages, rootfs) {
  ensureTrixieSource();
  const directory = mkdtempSync(join(tmpdir(), 'go-docker-packages-'));
  try {
    mkdirSync(rootfs, { recursive: true });
    const names = packages.map((name) => `${name}/trixie`);
    // apt's own user may not write here, and says so; as root it then downloads by itself.
    capture('apt-get', ['--quiet', '--option', 'APT::Sandbox::User=root', 'download', ...names], {
      cwd: directory,
    });
    for (const file of readdirSync(directory))
      capture('dpkg-deb', ['--extract', join(directory, file), rootfs]);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
