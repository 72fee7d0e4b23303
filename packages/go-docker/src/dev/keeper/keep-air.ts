import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { runProgram } from '../../engines/program';
import type { AirJob, Tell } from './job';

/** Runs air until `signal` is given, and leaves neither it nor the program that it runs. */
export async function keepAir(job: AirJob, signal: AbortSignal, tell: Tell): Promise<void> {
  // In the terminal's process group it would see Ctrl-C twice; here nobody but us ends it.
  const air = spawn(job.program, job.args, { cwd: job.cwd, stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = new Promise<number | undefined>((resolve, reject) => {
    air.once('error', reject);
    air.once('exit', (code) => resolve(code ?? undefined));
  });
  const stop = () => void end(air, ended);
  signal.addEventListener('abort', stop, { once: true });
  try {
    if (signal.aborted) stop();
    else tell({ event: 'started', ports: [] });
    tell({ event: 'ended', exitCode: await ended });
  } catch (error) {
    tell({ event: 'failed', what: `${job.program} could not be started`, output: String(error) });
  } finally {
    rmSync(job.directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Air needs a moment to interrupt the program it runs. */
const GRACE_MILLISECONDS = 5000;

async function end(air: ChildProcess, ended: Promise<unknown>): Promise<void> {
  air.kill('SIGINT');
  const late = new Promise((resolve) => setTimeout(resolve, GRACE_MILLISECONDS, 'late').unref());
  if ((await Promise.race([ended.catch(() => undefined), late])) !== 'late' || air.pid === undefined) return;
  // Air cannot tell its program any more that it is killed.
  for (const pid of [...(await descendants(air.pid)), air.pid]) kill(pid);
}

async function descendants(pid: number): Promise<readonly number[]> {
  const { stdout } = await runProgram('ps', ['-A', '-o', 'pid=,ppid='], {
    signal: AbortSignal.timeout(GRACE_MILLISECONDS),
  }).catch(() => ({ stdout: '' }));
  const pairs = stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    pairs
      .filter(([, ppid]) => ppid === parent)
      .flatMap(([child]) => (child === undefined ? [] : [child, ...below(child)]));
  return below(pid);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}
