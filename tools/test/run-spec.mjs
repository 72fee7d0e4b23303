// One spec of the packages, with settings that a usual test run does not have.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * Runs it on this terminal, and ends with its exit code.
 *
 * @param {string} project of Jest
 * @param {string} spec a part of its path
 * @param {Record<string, string | undefined>} settings variables of the environment; undefined: as it is
 */
export function runSpec(project, spec, settings) {
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const set = Object.entries(settings).filter(([, value]) => value !== undefined);
  const { status } = spawnSync(
    process.execPath,
    [jest, '--selectProjects', project, '--testPathPatterns', spec],
    { cwd: root, env: { ...process.env, ...Object.fromEntries(set) }, stdio: 'inherit' },
  );
  process.exitCode = status ?? 1;
}
