import { GoDockerError } from '../../errors';
import type { Docker } from '../../engines/docker/docker';
import { PlainProgress } from '../../engines/docker/plain-progress';
import type { DevPlan } from '../dev-loop';
import { NewSteps } from './new-steps';

/**
 * Builds the image of the dev stage, and those of the services that it depends on. Steps that are in the cache are not shown.
 *
 * @throws GoDockerError with the step that failed.
 */
export async function buildDevImage(
  docker: Docker,
  compose: readonly string[],
  service: string,
  plan: DevPlan,
): Promise<void> {
  const messages = new PlainProgress();
  const shown = new NewSteps((line) => process.stderr.write(`${line}\n`));
  const see = (text: string) => {
    messages.add(text);
    shown.add(text);
  };
  const { exitCode } = await docker.run([...compose, 'build', '--with-dependencies', service], {
    onStdout: see,
    onStderr: see,
  });
  if (exitCode !== 0) throw (await docker.silence()) ?? notBuilt(plan, messages);
}

function notBuilt({ project, projectRoot }: DevPlan, messages: PlainProgress): GoDockerError {
  const { step, lines, error, dockerfileLine } = messages.failure();
  const location = { file: `${projectRoot}/Dockerfile`, line: dockerfileLine };
  if (step === undefined || lines.length === 0) {
    return new GoDockerError(`the dev image of ${project} was not built: ${error}`, { location });
  }
  const ofAir = step.includes('github.com/air-verse/air');
  return new GoDockerError(
    `the dev image of ${project} was not built: ${ofAir ? 'air could not be fetched or compiled' : 'a step failed'}`,
    {
      location,
      output: lines.join('\n'),
      ...(ofAir && {
        advice:
          'look at the network and at GOPROXY in the container: air is a Go module, and is fetched once for each release',
      }),
    },
  );
}
