// Starting other programs: always an argument array, never a shell.
import { spawnSync } from 'node:child_process';

/** Runs a program and returns its standard output; throws an Error with the program's own words when it fails. */
export function capture(command, args, options = {}) {
  const result = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
  if (result.error) throw new Error(`${command} could not be started: ${result.error.message}`);
  if (result.status !== 0) {
    const said = `${result.stderr ?? ''}`.trim() || `${result.stdout ?? ''}`.trim();
    throw new Error(`${[command, ...args].join(' ')} failed (${ending(result)})${said && `:\n${said}`}`);
  }
  return result.stdout;
}

/** Runs a program whose output belongs on the terminal; returns its exit code, 1 when a signal ended it. */
export function show(command, args, options = {}) {
  const result = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
  if (result.error) throw new Error(`${command} could not be started: ${result.error.message}`);
  return result.status ?? 1;
}

/** Whether a program is there, starts and exits with 0 (within the timeout, in milliseconds). */
export function succeeds(command, args, options = {}) {
  const result = spawnSync(command, args, { stdio: 'ignore', ...options });
  return !result.error && result.status === 0;
}

function ending(result) {
  return result.signal ? `ended by ${result.signal}` : `exit code ${result.status}`;
}
