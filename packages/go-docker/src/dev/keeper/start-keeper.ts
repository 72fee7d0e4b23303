import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Duplex, Readable } from 'node:stream';
import { GoDockerError } from '../../errors';
import type { KeeperEvent, KeeperJob, PublishedPort } from './job';

/** A process that outlives us just long enough to clean up after us, however we end. */
export interface Keeper {
  /** What was started, as soon as it is. @throws GoDockerError where it could not be started. */
  readonly started: Promise<readonly PublishedPort[]>;
  /** The exit code of what is kept, when that ends by itself; undefined where nobody knows it. */
  readonly ended: Promise<number | undefined>;
  /** Ends what is kept and waits until it is removed. May be called again, and after the end. */
  stop(): Promise<void>;
}

/**
 * Starts a keeper. It lives in no process group and no process tree of ours: neither Ctrl-C nor Nx, which ends the tree below a task and
 * does not wait for it, reach it. It learns of our end by the pipe between us, also where we are killed.
 *
 * @param env The whole environment of what is started.
 * @param onOutput Sees everything that is written, as it comes.
 */
export function startKeeper(
  job: KeeperJob,
  env: NodeJS.ProcessEnv,
  onOutput: (text: string, stream: 'stdout' | 'stderr') => void,
): Keeper {
  const launcher = spawn(process.execPath, [join(__dirname, 'keeper.js')], {
    cwd: job.cwd,
    env,
    // Not by standard input: Node closes that as soon as the launcher has ended.
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const { stdout, stderr } = launcher;
  const lifeline = launcher.stdio[3] as Duplex;
  for (const [name, stream] of Object.entries({ stdout, stderr }) as ['stdout' | 'stderr', Readable][]) {
    stream.setEncoding('utf8').on('data', (text: string) => onOutput(text, name));
  }
  lifeline.on('error', () => undefined);
  lifeline.write(`${JSON.stringify(job)}\n`);
  const closed = new Promise<void>((resolve) => launcher.once('close', () => resolve()));
  return {
    ...told(launcher, lifeline, closed),
    stop: () => {
      lifeline.end();
      return closed;
    },
  };
}

function told(
  launcher: ChildProcess,
  lifeline: Readable,
  closed: Promise<void>,
): Pick<Keeper, 'started' | 'ended'> {
  const events = createInterface({ input: lifeline });
  events.on('error', () => undefined);
  const started = new Promise<readonly PublishedPort[]>((resolve, reject) => {
    launcher.once('error', reject);
    events.on('line', (line) => {
      const event = JSON.parse(line) as KeeperEvent;
      if (event.event === 'started') resolve(event.ports);
      if (event.event === 'failed') reject(new GoDockerError(event.what, { output: event.output }));
    });
    void closed.then(() => reject(new Error('the process that keeps the dev loop has ended')));
  });
  const ended = new Promise<number | undefined>((resolve) => {
    events.on('line', (line) => {
      const event = JSON.parse(line) as KeeperEvent;
      if (event.event === 'ended') resolve(event.exitCode);
    });
    void closed.then(() => resolve(undefined));
  });
  // Who is interrupted before the start asks for neither.
  started.catch(() => undefined);
  return { started, ended };
}
