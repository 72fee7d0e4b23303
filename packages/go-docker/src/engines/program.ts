import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { constants } from 'node:os';
import { pipeline, type Readable } from 'node:stream';

export interface ProgramOptions {
  /** Ends the program: SIGTERM, and SIGKILL where that is not obeyed. */
  readonly signal: AbortSignal;
  /** Absolute path. */
  readonly cwd?: string;
  /** The whole environment; undefined: ours. */
  readonly env?: NodeJS.ProcessEnv;
  /** Ends what the program has started too: one that is ended may leave that running. Ctrl-C no longer reaches it by itself. */
  readonly endsGroup?: boolean;
  /** What the program reads from its standard input; undefined: nothing. */
  readonly input?: Readable;
  /** Gives the program our standard output; it is not captured then. */
  readonly inheritStdout?: boolean;
  /** Gives the program our terminal for its messages; they are not captured then. */
  readonly inheritStderr?: boolean;
  /** Sees what the program writes to standard output, as it comes. */
  readonly onStdout?: (text: string) => void;
  /** Sees what the program writes to standard error, as it comes. */
  readonly onStderr?: (text: string) => void;
}

export interface ProgramResult {
  /** As a shell tells it: 128 and the signal's number where a signal ended the program. */
  readonly exitCode: number;
  /** The end of the output, at most 1 MiB; empty with `inheritStdout`. */
  readonly stdout: string;
  /** The end of the messages, at most 1 MiB; empty with `inheritStderr`. */
  readonly stderr: string;
}

/** The program is not on the PATH, or cannot be executed. */
export class ProgramNotFound extends Error {
  override readonly name = 'ProgramNotFound';
  constructor(
    readonly program: string,
    cause: unknown,
  ) {
    super(`${program} was not found on the PATH`, { cause });
  }
}

/**
 * Runs a program without a shell: each argument reaches it as it is, on every system.
 *
 * @returns Once the program has ended and its output is read, whatever its exit code.
 * @throws ProgramNotFound when it cannot be started; the signal's reason when it was ended by `signal`; what `input` fails with.
 */
export function runProgram(
  program: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<ProgramResult> {
  if (options.signal.aborted) return Promise.reject(options.signal.reason);
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.env,
    stdio: stdioOf(options),
    windowsHide: true,
    // Windows has no groups of processes.
    detached: options.endsGroup === true && process.platform !== 'win32',
  });
  const release = endWithUs(child, options);
  return resultOf(child, options, program).finally(release);
}

function stdioOf(options: ProgramOptions): StdioOptions {
  const { input, inheritStdout, inheritStderr } = options;
  return [input ? 'pipe' : 'ignore', inheritStdout ? 'inherit' : 'pipe', inheritStderr ? 'inherit' : 'pipe'];
}

/** Buildx cancels the build and leaves within milliseconds; Nx itself kills what is still there after five seconds. */
const GRACE_MILLISECONDS = 3000;

/** No program outlives an ended build, nor this process. */
function endWithUs(child: ChildProcess, { signal, endsGroup }: ProgramOptions): () => void {
  let grace: NodeJS.Timeout | undefined;
  const send = (name: NodeJS.Signals) => {
    if (endsGroup && process.platform !== 'win32' && child.pid !== undefined) killGroup(child.pid, name);
    else child.kill(name);
  };
  const end = () => {
    send('SIGTERM');
    grace = setTimeout(() => send('SIGKILL'), GRACE_MILLISECONDS);
  };
  const kill = () => send('SIGKILL');
  signal.addEventListener('abort', end, { once: true });
  process.once('exit', kill);
  return () => {
    clearTimeout(grace);
    signal.removeEventListener('abort', end);
    process.removeListener('exit', kill);
  };
}

function killGroup(leader: number, name: NodeJS.Signals): void {
  try {
    process.kill(-leader, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function resultOf(child: ChildProcess, options: ProgramOptions, program: string): Promise<ProgramResult> {
  const stdout = tailOf(child.stdout, options.onStdout);
  const stderr = tailOf(child.stderr, options.onStderr);
  return new Promise((resolve, reject) => {
    let inputFailure: unknown;
    if (options.input && child.stdin) {
      pipeline(options.input, child.stdin, (error) => {
        // A program that stops reading says why itself; what breaks on our side ends the program.
        if (!error || isBrokenPipe(error)) return;
        inputFailure = error;
        child.kill('SIGTERM');
      });
    }
    child.once('error', (error) => reject(isMissing(error) ? new ProgramNotFound(program, error) : error));
    child.once('close', (code, signalName) => {
      if (options.signal.aborted) reject(options.signal.reason);
      else if (inputFailure) reject(inputFailure);
      else resolve({ exitCode: exitCodeOf(code, signalName), stdout: stdout(), stderr: stderr() });
    });
  });
}

const TAIL_CHARACTERS = 1 << 20;

function tailOf(stream: Readable | null, onText?: (text: string) => void): () => string {
  let tail = '';
  stream?.setEncoding('utf8').on('data', (text: string) => {
    tail += text;
    if (tail.length > 2 * TAIL_CHARACTERS) tail = tail.slice(-TAIL_CHARACTERS);
    onText?.(text);
  });
  return () => tail.slice(-TAIL_CHARACTERS);
}

function exitCodeOf(code: number | null, signalName: NodeJS.Signals | null): number {
  return code ?? 128 + (signalName ? constants.signals[signalName] : 0);
}

function isMissing(error: Error): boolean {
  const { code, syscall = '' } = error as NodeJS.ErrnoException;
  return syscall.startsWith('spawn') && (code === 'ENOENT' || code === 'EACCES');
}

function isBrokenPipe(error: NodeJS.ErrnoException): boolean {
  return error.code === 'EPIPE' || error.code === 'ERR_STREAM_PREMATURE_CLOSE' || error.code === 'EOF';
}
