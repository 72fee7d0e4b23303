import { GoDockerError } from '../../errors';
import type { ImagePlan } from '../engine';
import { diskFull } from './disk-full';
import { moduleFailure } from './module-failure';
import type { BuildFailure } from './plain-progress';
import type { Build } from './build';

/**
 * The error for a build that `docker buildx build` gave up: what is wrong with a disk or with Docker, where that is the cause, and
 * else the step that failed with the lines it wrote.
 *
 * @param failure What BuildKit told; undefined where it drew on the terminal, and has told it there itself.
 */
export async function buildFailed(
  build: Build,
  exitCode: number,
  failure: BuildFailure | undefined,
): Promise<GoDockerError> {
  const full = diskFull(build, failure ? [...failure.lines, failure.error].join('\n') : '');
  if (full) return full;
  const silence = build.builder.inDaemon ? await build.docker.silence() : undefined;
  if (silence) return stoppedAnswering(build.plan, silence);
  return failure ? failedStep(build.plan, failure) : toldOnTerminal(build.plan, exitCode);
}

function stoppedAnswering({ project }: ImagePlan, silence: GoDockerError): GoDockerError {
  return new GoDockerError(`${notBuilt(project)}: Docker stopped answering`, {
    output: silence.output,
    advice: silence.advice,
    cause: silence,
  });
}

function failedStep(plan: ImagePlan, failure: BuildFailure): GoDockerError {
  const { project, dockerfile } = plan;
  const location = { file: dockerfile, line: failure.dockerfileLine };
  if (failure.step === undefined || failure.lines.length === 0) {
    return new GoDockerError(`${notBuilt(project)}: ${failure.error}`, { location });
  }
  const output = failure.lines.join('\n');
  const module = moduleFailure(failure.lines, plan);
  if (module) {
    return new GoDockerError(`${notBuilt(project)}: ${module.module} could not be fetched`, {
      location,
      output,
      advice: module.advice,
    });
  }
  return new GoDockerError(`${notBuilt(project)}: this step failed: ${shortened(failure.step)}`, {
    location,
    output,
  });
}

function toldOnTerminal({ project, dockerfile }: ImagePlan, exitCode: number): GoDockerError {
  return new GoDockerError(`${notBuilt(project)}: docker buildx build ended with exit code ${exitCode}`, {
    location: { file: dockerfile },
    advice: 'the lines above are from the step that failed; --progress=plain shows all of them',
  });
}

function notBuilt(project: string): string {
  return `the image of ${project} was not built`;
}

const STEP_CHARACTERS = 80;

/** BuildKit joins the lines of an instruction and keeps their indentation. */
function shortened(step: string): string {
  const line = step.replace(/\s+/g, ' ');
  return line.length <= STEP_CHARACTERS ? line : `${line.slice(0, STEP_CHARACTERS - 1)}…`;
}
