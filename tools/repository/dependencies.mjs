// The npm packages that the repository's own tools need.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { capture } from '../machine/run.mjs';
import { isInstalled } from './installed.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Runs `npm ci` where node_modules is missing or is not what the lock file says. */
export function ensureDependencies() {
  const installed = join(root, 'node_modules/.package-lock.json');
  if (existsSync(installed) && isInstalled(readJson(join(root, 'package-lock.json')), readJson(installed)))
    return;
  console.log('Installing the npm dependencies');
  const windows = process.platform === 'win32';
  // npm is a script on Windows, which only a shell can start; nothing here comes from outside.
  // Under `npm --silent` npm would not even say why it failed: the level comes down through the environment.
  const options = ['--no-audit', '--no-fund', '--loglevel=error'];
  capture(windows ? 'npm.cmd' : 'npm', ['ci', ...options], { cwd: root, shell: windows });
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
