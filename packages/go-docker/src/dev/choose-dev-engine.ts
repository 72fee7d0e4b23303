import { dockerIn } from '../engines/docker/docker';
import { GoDockerError } from '../errors';
import { composeEngine } from './compose/compose-engine';
import type { DevEngine, DevEngineName } from './dev-loop';
import { hostGo } from './native/host-go';
import { nativeEngine } from './native/native-engine';

/** The engine of a loop, and why it is this one. */
export interface ChosenDevEngine {
  readonly engine: DevEngine;
  readonly why: string;
}

/**
 * @param name `auto` takes Docker where one answers, else the Go of this machine.
 * @throws GoDockerError where neither is there.
 */
export async function chooseDevEngine(
  name: DevEngineName | 'auto',
  workspaceRoot: string,
  signal: AbortSignal,
): Promise<ChosenDevEngine> {
  if (name === 'docker') return { engine: composeEngine, why: 'as asked' };
  if (name === 'native') return { engine: nativeEngine, why: 'as asked' };
  const problem = await dockerProblem(workspaceRoot, signal);
  if (problem === undefined) return { engine: composeEngine, why: 'Docker answers' };
  const go = await hostGo(signal);
  if (go !== undefined) return { engine: nativeEngine, why: `${problem.what}, and ${go} is on this machine` };
  throw new GoDockerError(
    `${problem.what}, and there is no go program on the PATH: the dev loop needs one of them`,
    {
      output: problem.output,
      advice: problem.advice,
      cause: problem,
    },
  );
}

async function dockerProblem(cwd: string, signal: AbortSignal): Promise<GoDockerError | undefined> {
  try {
    return await dockerIn(cwd, signal).silence();
  } catch (error) {
    if (error instanceof GoDockerError) return error;
    throw error;
  }
}
