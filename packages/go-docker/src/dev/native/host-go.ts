import { ProgramNotFound, runProgram } from '../../engines/program';
import { GoDockerError } from '../../errors';

/** The release of the Go on this machine, as it says itself: `go1.26.8`; undefined where there is none. */
export async function hostGo(signal: AbortSignal): Promise<string | undefined> {
  try {
    const { exitCode, stdout } = await runProgram('go', ['version'], { signal });
    return exitCode === 0 ? (/\bgo\d\S*/.exec(stdout)?.[0] ?? 'go') : undefined;
  } catch (error) {
    if (error instanceof ProgramNotFound) return undefined;
    throw error;
  }
}

/** @throws GoDockerError where there is no Go. */
export async function assertGo(signal: AbortSignal): Promise<void> {
  if ((await hostGo(signal)) !== undefined) return;
  throw new GoDockerError('there is no go program on the PATH', {
    advice: 'install Go (https://go.dev/dl/), or add the folder that it is in to the PATH',
  });
}
