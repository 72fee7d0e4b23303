// Folders with Nx and the packed packages, installed once for each version of Nx; workspaces take hard links of them.
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture, succeeds } from '../../../tools/machine/run.mjs';

export const NX_VERSION = '23.2.1';

/** Where the release of @nx/devkit that goes with an Nx has another number. */
const DEVKIT_OF = { '24.0.6': '24.0.0' };

/** Plugins that are compared; they were seen working on {@link NX_VERSION} alone. */
const OTHER_PLUGINS = ['@nx-go/nx-go@4.1.1', '@naxodev/gonx@4.1.1'];

/**
 * Costs what any plugin costs that does nothing: a process, and an answer for every Dockerfile. Its executor costs what any does: a process
 * for each task, or one for a batch.
 */
const EMPTY_PLUGIN = {
  'package.json':
    '{ "name": "empty-plugin", "version": "1.0.0", "main": "index.js", "executors": "executors.json" }\n',
  'executors.json': JSON.stringify({
    executors: {
      nothing: { implementation: './one.js', batchImplementation: './batch.js', schema: './schema.json' },
    },
  }),
  'schema.json': '{ "version": 2, "type": "object", "properties": {} }\n',
  'one.js': 'module.exports = async () => ({ success: true });\n',
  'batch.js': `module.exports = async ({ tasks }) =>
  Object.fromEntries(Object.keys(tasks).map((id) => [id, { success: true, terminalOutput: '' }]));
`,
  'index.js': `const answer = (files) => files.map((file) => [file, {}]);
exports.createNodes = exports.createNodesV2 = ['**/Dockerfile', answer];
`,
};

/**
 * @param {string} home where the installations lie
 * @param {string} packed the folder of the packed packages
 * @param {readonly string[]} [compared] npm packages to have beside them
 */
export function installations(home, packed, compared = OTHER_PLUGINS) {
  const tarballs = readdirSync(packed).map((name) => join(packed, name));
  const installed = new Map();
  const install = (version) => {
    const root = join(home, `nx-${version}`);
    mkdirSync(root);
    writeFileSync(join(root, 'package.json'), '{ "name": "acme", "version": "0.0.0", "private": true }\n');
    const others = version === NX_VERSION ? compared : [];
    const devkit = `@nx/devkit@${DEVKIT_OF[version] ?? version}`;
    // Hardly any of these packages needs its install script, and one fetches a program.
    const options = ['--save-exact', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
    npm(['install', ...options, '--loglevel=error', `nx@${version}`, devkit, ...others, ...tarballs], root);
    const empty = join(root, 'node_modules/empty-plugin');
    mkdirSync(empty);
    for (const [file, text] of Object.entries(EMPTY_PLUGIN)) writeFileSync(join(empty, file), text);
    installed.set(version, root);
    return root;
  };
  return {
    /** Makes `root` a folder with node_modules and a package.json that goes with it. */
    copyTo(root, version = NX_VERSION) {
      const from = installed.get(version) ?? install(version);
      // Hard links where the system has them: a copy takes seconds.
      if (succeeds('cp', ['-al', from, root])) return;
      rmSync(root, { recursive: true, force: true });
      cpSync(from, root, { recursive: true });
    },
  };
}

function npm(args, cwd) {
  const windows = process.platform === 'win32';
  // npm is a script on Windows, which only a shell can start; nothing here comes from outside.
  capture(windows ? 'npm.cmd' : 'npm', args, { cwd, shell: windows });
}
