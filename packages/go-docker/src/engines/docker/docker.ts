import { GoDockerError } from '../../errors';
import { type ProgramOptions, ProgramNotFound, type ProgramResult, runProgram } from '../program';

/** The `docker` program, bound to one working directory and one way to be interrupted. */
export interface Docker {
  /** @throws GoDockerError when there is no docker program. */
  run(args: readonly string[], options?: Partial<ProgramOptions>): Promise<ProgramResult>;
  /** Asks the daemon for a sign of life: why it does not answer, and what to do; undefined when it does. */
  silence(): Promise<GoDockerError | undefined>;
}

/**
 * @param cwd Absolute path; what relative paths in arguments are resolved against.
 * @param env The whole environment; undefined: ours.
 */
export function dockerIn(cwd: string, signal: AbortSignal, env?: NodeJS.ProcessEnv): Docker {
  const run: Docker['run'] = async (args, options) => {
    try {
      return await runProgram('docker', args, { cwd, signal, env, ...options });
    } catch (error) {
      throw error instanceof ProgramNotFound ? noDocker(error) : error;
    }
  };
  return { run, silence: () => silence(run) };
}

/**
 * The error for a command of `docker` that failed: that Docker does not answer, where that is so.
 *
 * @param what What failed, as a sentence without a full stop.
 * @param messages What the command wrote to standard error.
 */
export async function commandFailed(docker: Docker, what: string, messages: string): Promise<GoDockerError> {
  return (await docker.silence()) ?? new GoDockerError(what, { output: messages.trim() });
}

function noDocker(cause: ProgramNotFound): GoDockerError {
  return new GoDockerError('there is no docker program on the PATH', {
    advice:
      'install Docker (https://docs.docker.com/get-docker/), or add the folder that it is in to the PATH',
    cause,
  });
}

async function silence(run: Docker['run']): Promise<GoDockerError | undefined> {
  const { exitCode, stderr } = await run(['version', '--format', '{{.Server.Version}}']);
  if (exitCode === 0) return undefined;
  if (/permission denied/i.test(stderr)) return noPermission(stderr);
  return new GoDockerError('Docker does not answer', { output: stderr.trim(), advice: startAdvice() });
}

function noPermission(stderr: string): GoDockerError {
  return new GoDockerError('this user may not use Docker', {
    output: stderr.trim(),
    advice:
      'join the group of the socket (usually `sudo usermod -aG docker $USER`, then log in again), or use rootless Docker',
  });
}

function startAdvice(): string {
  const host = process.env['DOCKER_HOST'];
  if (host)
    return `start the engine that DOCKER_HOST names (${host}), or unset DOCKER_HOST to use the local one`;
  const start =
    process.platform === 'linux' ? 'start it: `sudo systemctl start docker`' : 'start Docker Desktop';
  return `${start}; where Docker runs elsewhere, point DOCKER_HOST or \`docker context use\` at it`;
}
