import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Nx asks questions on a terminal, so it gets none; the task alone believes that it has one, because it shows colours nowhere else. */
const TERMINAL_OF_TASK =
  '--import=data:text/javascript,process.env.NX_TASK_TARGET_PROJECT&&(process.stdout.isTTY=true)';

/**
 * Runs a task that fails, and returns what it has printed.
 *
 * @param {string} workspace the root of it
 * @param {string} task as Nx calls it: `api:image-size`
 * @throws {Error} where it does not fail
 */
export function outputOfFailing(workspace, task) {
  const nx = join(workspace, 'node_modules/nx/dist/bin/nx.js');
  const { NODE_OPTIONS = '', ...environment } = process.env;
  const { status, stdout } = spawnSync(process.execPath, [nx, 'run', task, '--output-style=static'], {
    cwd: workspace,
    env: {
      ...environment,
      ...{ CI: 'true', NX_DAEMON: 'false', NX_TUI: 'false' },
      NODE_OPTIONS: `${NODE_OPTIONS} ${TERMINAL_OF_TASK}`.trim(),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (status !== 1) throw new Error(`"nx run ${task}" was to fail, and ended with exit code ${status}.`);
  return linesOfTask(stdout, task);
}

/** What the task itself has printed: Nx puts lines of its own and other tasks around it. */
export function linesOfTask(output, task) {
  // eslint-disable-next-line no-control-regex -- Nx colours these lines, where it has been told to.
  const plain = (line) => line.replace(/\u001B\[[\d;]*m/g, '');
  const lines = output.split('\n');
  const begin = lines.findIndex((line) => plain(line).trimEnd() === `> nx run ${task}`);
  if (begin < 0) throw new Error(`Nx has printed nothing of ${task}.`);
  const end = lines.findIndex(
    (line, at) => at > begin && /^> nx run |^ NX |^ +Run duration: /.test(plain(line)),
  );
  return lines.slice(begin + 1, end < 0 ? undefined : end).join('\n');
}
