// Starting and stopping dockerd by hand, as root, with a log and a pid file.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { answers } from './probe.mjs';

const STATE = '/run/go-docker';
const START_TIMEOUT = 60_000;
const STOP_TIMEOUT = 60_000;

/**
 * Starts dockerd apart from this process and waits until it answers.
 * @param {{ name: string, host: string, config: object, args?: string[] }} engine
 * @returns {Promise<{ name: string, host: string, pid: number }>}
 */
export async function startDaemon({ name, host, config, args = [] }) {
  const directory = join(STATE, name);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'daemon.json'), JSON.stringify(config));
  const log = join(directory, 'dockerd.log');
  const output = openSync(log, 'w');
  const options = ['--config-file', join(directory, 'daemon.json'), '--host', host, ...args];
  const child = spawn('dockerd', options, { detached: true, stdio: ['ignore', output, output] });
  closeSync(output);
  let ended = false;
  child.once('exit', () => (ended = true));
  child.once('error', () => (ended = true));
  child.unref();

  for (const end = Date.now() + START_TIMEOUT; Date.now() < end && !ended; await delay(250)) {
    if (!existsSync(host.replace('unix://', '')) || !answers(host)) continue;
    writeFileSync(pidFile(name), `${child.pid}\n`);
    return { name, host, pid: child.pid };
  }
  if (child.pid && !ended) await endProcess(child.pid);
  throw new Error(`dockerd did not start. The end of its log (${log}):\n${lastLines(log, 8)}`);
}

/** Ends a daemon that startDaemon started, in this process or an earlier one. Returns whether there was one. */
export async function stopDaemon(name) {
  const pid = runningPid(name);
  if (pid) await endProcess(pid);
  rmSync(pidFile(name), { force: true });
  return pid !== undefined;
}

/** The process of a daemon that was started here; undefined when it is not running. */
export function runningPid(name) {
  if (!existsSync(pidFile(name))) return undefined;
  const pid = Number.parseInt(readFileSync(pidFile(name), 'utf8'), 10);
  const command = `/proc/${pid}/comm`;
  // A number in an old file may be another program's by now.
  return existsSync(command) && readFileSync(command, 'utf8').trim() === 'dockerd' ? pid : undefined;
}

async function endProcess(pid) {
  process.kill(pid, 'SIGTERM');
  for (const end = Date.now() + STOP_TIMEOUT; Date.now() < end; await delay(100)) {
    if (!isAlive(pid)) return;
  }
  throw new Error(`dockerd (process ${pid}) did not stop within ${STOP_TIMEOUT / 1000} seconds.`);
}

function isAlive(pid) {
  const status = `/proc/${pid}/stat`;
  // A process that ended but was not waited for yet is a zombie: "(dockerd) Z".
  return existsSync(status) && !/\) Z /.test(readFileSync(status, 'utf8'));
}

function pidFile(name) {
  return join(STATE, name, 'dockerd.pid');
}

function lastLines(file, count) {
  return readFileSync(file, 'utf8').trim().split('\n').slice(-count).join('\n');
}
