import { statfsSync } from 'node:fs';
import { GoDockerError } from '../../errors';
import type { ImagePlan } from '../engine';
import type { BuildFailure } from './plain-progress';
import type { Build } from './run-build';

/**
 * The error for a build that `docker buildx build` gave up: what is wrong with a disk or with Docker, where that is the cause, and
 * else the step that failed with the lines it wrote.
 *
 * @param failure What BuildKit told; undefined where it drew on the terminal, and has told it there itself.
 */
export async function buildFailed(
  { plan, directory, builder, docker }: Build,
  exitCode: number,
  failure: BuildFailure | undefined,
): Promise<GoDockerError> {
  const what = `the image of ${plan.project} was not built`;
  if (isFull(directory))
    return new GoDockerError(`${what}: no space is left on the disk of ${plan.outputPath}`, MAKE_ROOM);
  const silence = builder.inDaemon ? await docker.silence() : undefined;
  if (silence)
    return new GoDockerError(`${what}: Docker stopped answering`, {
      output: silence.output,
      advice: silence.advice,
      cause: silence,
    });
  if (failure === undefined) return toldOnTerminal(plan, what, exitCode);
  if (isFullDisk(failure)) return new GoDockerError(`${what}: no space is left on the disk of Docker`, PRUNE);
  return failedStep(plan, what, failure);
}

const MAKE_ROOM = { advice: 'make room there and build again; the previous image is whole' };

const PRUNE = {
  advice: '`docker system df` shows what fills it, `docker builder prune` removes what builds have cached',
};

/** Docker names neither the disk nor the file, so we look at ours. */
function isFull(directory: string): boolean {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize < 64 * 1024;
}

function isFullDisk({ lines, error }: BuildFailure): boolean {
  return [...lines, error].some((line) => line.includes('no space left on device'));
}

function toldOnTerminal(plan: ImagePlan, what: string, exitCode: number): GoDockerError {
  return new GoDockerError(`${what}: docker buildx build ended with exit code ${exitCode}`, {
    location: { file: plan.dockerfile },
    advice: 'the last lines above are from the step that failed; --progress=plain shows all of them',
  });
}

function failedStep(plan: ImagePlan, what: string, failure: BuildFailure): GoDockerError {
  const location = { file: plan.dockerfile, line: failure.dockerfileLine };
  if (failure.step === undefined || failure.lines.length === 0) {
    return new GoDockerError(`${what}: ${failure.error}`, { location });
  }
  return new GoDockerError(`${what}: this step failed: ${shortened(failure.step)}`, {
    location,
    output: failure.lines.join('\n'),
  });
}

const STEP_CHARACTERS = 120;

function shortened(step: string): string {
  return step.length <= STEP_CHARACTERS ? step : `${step.slice(0, STEP_CHARACTERS - 1)}…`;
}
