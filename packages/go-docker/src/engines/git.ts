import { type ProgramOptions, type ProgramResult, runProgram } from './program';

/** Git, in a folder of a repository. */
export interface GitRun extends Pick<ProgramOptions, 'signal' | 'input' | 'onStdout'> {
  /** Absolute path. */
  readonly directory: string;
  /** undefined: ours. */
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * Has git read something: it waits for no other git and disturbs none, and asks nobody for anything.
 *
 * @throws As {@link runProgram} does.
 */
export function runGit(
  args: readonly string[],
  { directory, environment = process.env, ...options }: GitRun,
): Promise<ProgramResult> {
  const env = { ...environment, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' };
  return runProgram('git', args, { cwd: directory, env, ...options });
}
