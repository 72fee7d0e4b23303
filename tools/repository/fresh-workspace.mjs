// A folder of this repository as a fresh Nx workspace, with the packed packages installed.
import { cpSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { capture, show } from '../machine/run.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const NX_VERSION = '23.2.1';

/**
 * Packs the packages, copies a folder to a temporary one and installs Nx and the packages there.
 *
 * @param {string} folder below the repository
 * @param {string} prefix of the temporary folder's name
 * @returns {string} the root of the workspace
 */
export function freshWorkspace(folder, prefix) {
  show(process.execPath, [join(root, 'tools/repository/pack.mjs')], { cwd: root });
  const packed = join(root, 'dist/npm');
  const tarballs = readdirSync(packed).map((name) => join(packed, name));
  const workspace = mkdtempSync(join(tmpdir(), prefix));
  cpSync(join(root, folder), workspace, { recursive: true });
  const windows = process.platform === 'win32';
  // None of these packages needs its install script, so none is run.
  const options = ['--save-dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const packages = [`nx@${NX_VERSION}`, `@nx/devkit@${NX_VERSION}`, ...tarballs];
  // npm is a script on Windows, which only a shell can start; nothing here comes from outside.
  capture(windows ? 'npm.cmd' : 'npm', ['install', ...options, ...packages], {
    cwd: workspace,
    shell: windows,
  });
  return workspace;
}

/** As {@link runNx}; throws an Error where Nx fails. */
export function mustRunNx(workspace, args) {
  const code = runNx(workspace, args);
  if (code !== 0) throw new Error(`"nx ${args.join(' ')}" ended with exit code ${code}.`);
}

/** Runs Nx in a workspace, its output on the terminal; returns its exit code. */
export function runNx(workspace, args) {
  const nx = join(workspace, 'node_modules/nx/dist/bin/nx.js');
  // The Nx daemon would outlive the command.
  const env = { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' };
  return show(process.execPath, [nx, ...args], { cwd: workspace, env });
}
