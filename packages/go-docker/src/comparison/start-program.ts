import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bytes } from '../images/image-json';

/** How a program is started. */
export interface ProgramStart {
  /** Absolute path. */
  readonly program: string;
  /** The folder that it works in. */
  readonly cwd: string;
  /** The TCP port that it serves; undefined: its first output says that it has begun. */
  readonly port?: number;
  /** How long it may take. */
  readonly mostMilliseconds: number;
  readonly signal: AbortSignal;
}

export type Started =
  { readonly readyMilliseconds: number; readonly peakBytes: Bytes } | { readonly problem: string };

/**
 * Starts a program once, without arguments and with the environment of a bare container, until it is ready; then it is killed, with what it
 * has started.
 *
 * @returns How long that took and how much memory it held at most, or why that cannot be told.
 * @throws The signal's reason.
 */
export async function startProgram(start: ProgramStart): Promise<Started> {
  const { program, cwd, port, mostMilliseconds, signal } = start;
  const began = performance.now();
  const child = spawn(program, [], {
    cwd,
    env: environment(port),
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, which ends as a whole: what the program starts itself must not be left behind.
    detached: true,
  });
  const kill = () => killGroup(child.pid);
  process.once('exit', kill);
  const gone = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => {
      kill();
      resolve();
    });
  });
  const over = new AbortController();
  let output = '';
  const ended = new Promise<Started>((resolve) => {
    child.once('error', ({ message }) =>
      resolve({ problem: `it cannot be started on this machine (${message})` }),
    );
    child.once('close', (code, signalName) => resolve({ problem: endedText(code, signalName, output) }));
  });
  const spoke = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data: Buffer) => {
        if (output.length < 4096) output += data.toString();
        resolve();
      });
    }
  });
  const ready = (port === undefined ? spoke : whenConnected(port, over.signal)).then(() => {
    const readyMilliseconds = performance.now() - began;
    const peakBytes = peakOf(child.pid);
    return peakBytes === undefined ? ended : { readyMilliseconds, peakBytes };
  });
  const stop = () => over.abort();
  signal.addEventListener('abort', stop, { once: true });
  const late = (): Started => ({ problem: lateText(port, mostMilliseconds) });
  try {
    const first = [
      ended,
      ready,
      sleep(mostMilliseconds, undefined, { signal: over.signal }).then(late, late),
    ];
    const started = await Promise.race(first);
    signal.throwIfAborted();
    return started;
  } finally {
    over.abort();
    if (child.exitCode === null && child.signalCode === null) kill();
    await gone;
    // What has left the group may hold them open for as long as it likes.
    child.stdout.destroy();
    child.stderr.destroy();
    signal.removeEventListener('abort', stop);
    process.removeListener('exit', kill);
  }
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing of it is left.
  }
}

/** PORT is what many services read; it says what the image exposes, whatever the shell around us says. */
function environment(port: number | undefined): NodeJS.ProcessEnv {
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: '/',
    ...(port !== undefined && { PORT: String(port) }),
  };
}

async function whenConnected(port: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !(await connects(port))) await sleep(1);
}

/** Whether something accepts connections on a port of this machine. */
export function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const answer = (connected: boolean) => {
      socket.destroy();
      resolve(connected);
    };
    socket.once('connect', () => answer(true)).once('error', () => answer(false));
  });
}

/**
 * The largest resident set so far; undefined where the process has ended.
 * (https://man7.org/linux/man-pages/man5/proc_pid_status.5.html, VmHWM)
 */
function peakOf(pid: number | undefined): Bytes | undefined {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}

function endedText(code: number | null, signalName: NodeJS.Signals | null, output: string): string {
  const how = signalName ? `by ${signalName}` : `with exit code ${code ?? 0}`;
  const [said = ''] = output.trim().split('\n');
  return `it ended ${how} before it was ready${said === '' ? '' : `: ${said.slice(0, 120)}`}`;
}

function lateText(port: number | undefined, milliseconds: number): string {
  const what = port === undefined ? 'printed nothing' : `did not serve port ${port}`;
  return `it ${what} within ${milliseconds / 1000} seconds`;
}
