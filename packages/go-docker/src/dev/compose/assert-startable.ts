import { GoDockerError } from '../../errors';
import type { Docker } from '../../engines/docker/docker';
import type { DevPlan } from '../dev-loop';
import { composeContainers } from '../keeper/compose-things';
import { assertFree } from '../ports/port-in-use';
import type { ComposeConfig, ComposePort } from './compose-config';

export interface Start {
  readonly docker: Docker;
  readonly plan: DevPlan;
  readonly config: ComposeConfig;
  readonly service: string;
  /** The service, and what it depends on. */
  readonly needs: readonly string[];
  /** What sets the port of the service; undefined: nothing does. */
  readonly portVariable?: string;
  readonly signal: AbortSignal;
}

/**
 * Finds out before anything is built or started what would make compose fail half-way.
 *
 * @throws GoDockerError where a port is in use, or another workspace has the same compose project.
 */
export async function assertStartable(start: Start): Promise<void> {
  const { docker, plan, config, needs } = start;
  const running = (await composeContainers(docker, config.name)).filter((each) => each.running);
  const foreign = running.find(({ workingDir }) => workingDir !== '' && workingDir !== plan.workspaceRoot);
  if (foreign) throw sameProject(config.name, foreign);
  // What runs already has its ports.
  const toStart = needs.filter((name) => !running.some(({ service }) => service === name));
  for (const name of toStart) {
    for (const port of config.services[name]?.ports ?? []) await assertPortFree(port, name, start);
  }
}

function sameProject(
  project: string,
  { name, workingDir }: { name: string; workingDir: string },
): GoDockerError {
  return new GoDockerError(
    `the workspace in ${workingDir} runs a compose project "${project}" too: its container ${name} would be replaced`,
    {
      advice:
        'end it there, or name the project here: `name: …` in the root compose file, or COMPOSE_PROJECT_NAME',
    },
  );
}

async function assertPortFree(
  { host_ip: host = '0.0.0.0', published = '', protocol = 'tcp' }: ComposePort,
  name: string,
  { portVariable, plan, service, signal }: Start,
): Promise<void> {
  if (!/^\d+$/.test(published) || published === '0' || protocol !== 'tcp') return;
  const howToMove =
    name === service && portVariable !== undefined
      ? `${portVariable}=${Number(published) + 1} nx run ${plan.project}:${plan.target}`
      : `the "ports" of the service ${name} in its compose file`;
  await assertFree({ host, port: Number(published) }, { who: name, howToMove, signal });
}
