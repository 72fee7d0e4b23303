import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ProgramOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Written to standard input, which is closed otherwise. */
  readonly input?: string;
  /** After this time the program and its process group are ended and the call fails. */
  readonly timeoutMs?: number;
}

export interface Finished {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both streams in the order they came. */
  readonly output: string;
  readonly milliseconds: number;
}

export interface Running {
  readonly pid: number;
  readonly finished: Promise<Finished>;
  /** Everything printed so far. */
  output(): string;
  isRunning(): boolean;
  /** Waits until the output matches; fails when the program ends first or the time is over. */
  printed(pattern: RegExp, timeoutMs?: number): Promise<void>;
  /** To the one process. */
  signal(signal: NodeJS.Signals): void;
  /** To the process and everything it started, as Ctrl-C in a terminal does. */
  signalGroup(signal: NodeJS.Signals): void;
}

const MINUTE = 60_000;

/** Runs a program to its end, whatever its exit code. */
export function run(
  program: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<Finished> {
  return start(program, args, options).finished;
}

/** Runs a program that must succeed, and gives its standard output. */
export async function succeed(program: string, args: readonly string[], options: ProgramOptions = {}) {
  const finished = await run(program, args, options);
  if (finished.exitCode !== 0) {
    throw new Error(`${[program, ...args].join(' ')} ended with ${finished.exitCode}:\n${finished.output}`);
  }
  return finished.stdout;
}

/** Starts a program as the leader of a process group of its own. */
export function start(program: string, args: readonly string[], options: ProgramOptions = {}): Running {
  const began = performance.now();
  const child = spawn(program, args, { cwd: options.cwd, env: options.env, detached: true, stdio: 'pipe' });
  const text = { stdout: '', stderr: '', output: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (chunk: string) => {
      text[stream] += chunk;
      text.output += chunk;
    });
  }
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');

  const finished = finish(child, options.timeoutMs ?? 5 * MINUTE, (exitCode, signal) => ({
    ...text,
    exitCode,
    signal,
    milliseconds: performance.now() - began,
  })).catch((error: Error) => {
    throw new Error(`${[program, ...args].join(' ')}: ${error.message}\n${text.output}`);
  });
  const pid = child.pid ?? 0;
  return {
    pid,
    finished,
    output: () => text.output,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    printed: (pattern, timeoutMs = 2 * MINUTE) => printed(child, () => text.output, pattern, timeoutMs),
    signal: (signal) => child.kill(signal),
    signalGroup: (signal) => process.kill(-pid, signal),
  };
}

function finish(
  child: ChildProcess,
  timeoutMs: number,
  result: (exitCode: number | null, signal: NodeJS.Signals | null) => Finished,
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      reject(new Error(`not finished after ${timeoutMs / 1000} s`));
    }, timeoutMs);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once('close', (exitCode, signal) => {
      clearTimeout(timer);
      resolve(result(exitCode, signal));
    });
  });
}

async function printed(child: ChildProcess, output: () => string, pattern: RegExp, timeoutMs: number) {
  const deadline = Date.now() + timeoutMs;
  while (!pattern.test(output())) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`ended before it printed ${pattern}:\n${output()}`);
    }
    if (Date.now() > deadline) throw new Error(`did not print ${pattern} in ${timeoutMs} ms:\n${output()}`);
    await sleep(50);
  }
}
