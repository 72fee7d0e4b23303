// Leaves the npm tarballs of all packages in dist/npm.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const destination = join(root, 'dist', 'npm');
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

execFileSync(process.execPath, [join(root, 'tools/repository/build.mjs'), '--clean'], { stdio: 'inherit' });
rmSync(destination, { recursive: true, force: true });
mkdirSync(destination, { recursive: true });
execFileSync(npm, ['pack', '--workspaces', '--pack-destination', destination, '--loglevel', 'error'], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
  shell: process.platform === 'win32',
});
for (const tarball of readdirSync(destination).sort()) console.log(`dist/npm/${tarball}`);
