// A generated Nx workspace on the disk, and the nx.json that says which plugin is measured.
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFiles } from '../workspaces/write.mjs';
import { nx } from './run.mjs';

/** What is compared: plain Nx, and Nx with one plugin more. */
export const VARIANTS = {
  plain: [],
  empty: ['empty-plugin'],
  'go-docker': ['go-docker'],
  'nx-go': ['@nx-go/nx-go'],
  gonx: ['@naxodev/gonx'],
};

/**
 * @param {ReturnType<typeof import('./install.mjs').installations>} installed
 * @param {string} root
 * @param {Map<string, string>} files
 * @param {string} [version] of Nx
 */
export function createWorkspace(installed, root, files, version) {
  installed.copyTo(root, version);
  writeFiles(root, new Map([['.gitignore', 'node_modules/\ndist/\n.nx/\n'], ...files]));
  return workspaceAt(root);
}

function workspaceAt(root) {
  let change = 0;
  let changedAt = 0;
  const workspace = {
    root,
    nx: (args) => nx(root, args),
    /** @param {keyof VARIANTS} variant */
    use(variant) {
      const nxJson = { analytics: false, neverConnectToCloud: true, plugins: VARIANTS[variant] };
      writeFileSync(join(root, 'nx.json'), `${JSON.stringify(nxJson, undefined, 2)}\n`);
    },
    /** Has the plugin's own generator write the files of all apps. */
    setUp(args = []) {
      workspace.use('go-docker');
      workspace.nx(['g', 'go-docker:setup', '--no-interactive', ...args]);
    },
    /** As after a fresh checkout. */
    forget() {
      wait(SETTLED - (Date.now() - changedAt));
      rmSync(join(root, '.nx'), { recursive: true, force: true });
    },
    /** A new state of a file that exists. */
    edit(file) {
      appendFileSync(join(root, file), `\n// Change ${++change}.\n`);
      changedAt = Date.now();
    },
  };
  return workspace;
}

/** go-docker keeps nothing that was made of files which are younger: warm graphs would be cold. */
const SETTLED = 2_500;

function wait(milliseconds) {
  if (milliseconds > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
