// Nx as a user starts it, and other programs in a workspace, with the time they took.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { capture } from '../../../tools/machine/run.mjs';

const probes = join(dirname(fileURLToPath(import.meta.url)), '../probes');

/** Settings of the caller's shell would change what is measured; the Nx daemon would answer instead of the command. */
function environment() {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^NX_|^GO(FLAGS|WORK|ENV)$|^NODE_OPTIONS$/.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    CI: 'true',
    NX_DAEMON: 'false',
    NX_NO_CLOUD: 'true',
    NX_TUI: 'false',
    // A plugin that starts Go gets the one that is there, and no network.
    GOPROXY: 'off',
    GOTOOLCHAIN: 'local',
  };
}

/** @param {NodeJS.ProcessEnv} [more] of the environment @returns {{ milliseconds: number, output: string }} */
export function nx(root, args, more) {
  const { bin } = JSON.parse(readFileSync(join(root, 'node_modules/nx/package.json'), 'utf8'));
  return timed(root, [join(root, 'node_modules/nx', bin.nx), ...args], more);
}

/** Runs a file of `probes/` in the workspace. @returns {any} the JSON that it prints as its last line */
export function probe(root, file, args = [], nodeOptions = []) {
  const { output } = timed(root, [...nodeOptions, join(probes, file), ...args]);
  return JSON.parse(output.trim().split('\n').at(-1));
}

function timed(cwd, args, more) {
  const began = performance.now();
  const output = capture(process.execPath, args, { cwd, env: { ...environment(), ...more } });
  return { milliseconds: performance.now() - began, output };
}
