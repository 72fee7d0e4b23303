import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Docker, dockerIn } from '../../engines/docker/docker';
import { GoDockerError } from '../../errors';
import { appPorts, composeFileOf } from '../app-ports';
import type { DevEngine, DevPlan } from '../dev-loop';
import { startLoop } from '../start-loop';
import { assertStartable } from './assert-startable';
import { buildDevImage } from './build-dev-image';
import { assertCompose, composeArguments, orNative } from './compose';
import { type ComposeConfig, composeConfig, devServiceOf, withDependencies } from './compose-config';
import { credentialVariables } from './credential-variables';
import { dockerUser } from './docker-user';

/** Air in a container: the compose service of the app, with what it depends on. */
export const composeEngine: DevEngine = {
  name: 'docker',
  async start(plan, signal) {
    const asking = dockerIn(plan.workspaceRoot, signal);
    await assertDocker(asking);
    const compose = composeArguments(plan);
    const env = await environment(asking, compose, plan);
    const docker = dockerIn(plan.workspaceRoot, signal, env);
    const config = await composeConfig(docker, compose);
    const service = devServiceOf(config, plan);
    const needs = withDependencies(config, service);
    await assertStartable({
      docker,
      plan,
      config,
      service,
      needs,
      portVariable: portVariable(config, plan),
      signal,
    });
    console.log(`Building the dev image of ${plan.project}`);
    await buildDevImage(docker, compose, service, plan);
    const cwd = plan.workspaceRoot;
    const ledger = ledgerFolder(plan, config);
    const port = mainPort(config, service);
    return startLoop(
      {
        job: { kind: 'compose', cwd, compose, project: config.name, service, needs, ledger },
        env,
        addressIn: (ports) => ports.find(({ target }) => target === port),
        runningText: plan.debug ? 'API server listening at' : 'running...',
        ended: (exitCode) => containerEnded(plan, service, exitCode),
      },
      signal,
    );
  },
};

async function assertDocker(docker: Docker): Promise<void> {
  const silence = await docker.silence();
  if (silence) {
    const { what, output, advice, cause } = silence;
    throw new GoDockerError(what, { output, advice: `${advice}; ${orNative()}`, cause });
  }
  await assertCompose(docker);
}

/** What the compose files take from the environment, besides what the user has set. */
async function environment(
  docker: Docker,
  compose: readonly string[],
  plan: DevPlan,
): Promise<NodeJS.ProcessEnv> {
  const user = process.env['GO_DOCKER_USER'] ?? (await dockerUser(docker));
  const env = {
    ...process.env,
    ...credentialVariables(plan),
    ...(user !== undefined && { GO_DOCKER_USER: user }),
  };
  if (plan.port === undefined) return env;
  const variable = portVariable(await composeConfig(docker, compose), plan);
  if (variable !== undefined) return { ...env, [variable]: String(plan.port) };
  throw new GoDockerError(
    `option "port" is ${plan.port}, and the compose file has no variable for the port`,
    {
      location: { file: composeFileOf(plan) },
      advice: 'write the port as "127.0.0.1:${API_PORT:-8080}:8080", with a variable of your own',
    },
  );
}

function portVariable(config: ComposeConfig, plan: DevPlan): string | undefined {
  const port = mainPort(config, devServiceOf(config, plan));
  return appPorts(plan).find(({ container }) => container === port)?.variable;
}

/** The debugger's port says nothing about the app. */
const DEBUGGER_PORT = 2345;

/** The port in the container that the app serves on: the first one of the compose file. */
function mainPort({ services }: ComposeConfig, service: string): number | undefined {
  const ports = services[service]?.ports ?? [];
  return ports.find(({ target, protocol = 'tcp' }) => protocol === 'tcp' && target !== DEBUGGER_PORT)?.target;
}

/** One for each compose project of each user. */
function ledgerFolder({ workspaceRoot }: DevPlan, { name }: ComposeConfig): string {
  const hash = createHash('sha256').update(JSON.stringify([process.getuid?.(), workspaceRoot, name]));
  return join(tmpdir(), `go-docker-dev-${hash.digest('hex').slice(0, 16)}`);
}

function containerEnded(
  { project, target }: DevPlan,
  service: string,
  exitCode: number | undefined,
): GoDockerError {
  const how = exitCode === undefined ? 'is gone' : `has ended with exit code ${exitCode}`;
  return new GoDockerError(`the container of the compose service ${service} ${how}`, {
    advice: `start it again: \`nx run ${project}:${target}\``,
  });
}
