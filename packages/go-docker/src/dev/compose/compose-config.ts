import { posix, relative, sep } from 'node:path';
import { GoDockerError } from '../../errors';
import { commandFailed, type Docker } from '../../engines/docker/docker';
import type { DevPlan } from '../dev-loop';

/** The compose files of a workspace as compose itself reads them: includes, anchors and variables resolved. */
export interface ComposeConfig {
  /** The compose project. */
  readonly name: string;
  readonly services: Readonly<Record<string, ComposeService>>;
}

export interface ComposeService {
  readonly build?: { readonly context?: string; readonly dockerfile?: string; readonly target?: string };
  readonly depends_on?: Readonly<Record<string, unknown>>;
  readonly ports?: readonly ComposePort[];
}

export interface ComposePort {
  readonly target: number;
  /** A number, a range, or nothing for any free one. */
  readonly published?: string;
  readonly host_ip?: string;
  readonly protocol?: string;
}

/** @throws GoDockerError with what compose says about files that it cannot read. */
export async function composeConfig(docker: Docker, compose: readonly string[]): Promise<ComposeConfig> {
  const { exitCode, stdout, stderr } = await docker.run([...compose, 'config', '--format=json']);
  if (exitCode !== 0) {
    throw new GoDockerError('docker compose cannot read the compose files', {
      output: stderr.trim(),
      advice:
        'mend what it names, or the `include` of an app that is gone; `docker compose config` shows what it reads',
    });
  }
  const config = JSON.parse(stdout) as Partial<ComposeConfig>;
  if (config.name === undefined) throw await commandFailed(docker, 'docker compose config failed', stderr);
  return { name: config.name, services: config.services ?? {} };
}

/**
 * The service that runs the project's app: the one that option "service" names, or that is built from the `dev` (or `debug`) stage
 * of the project's Dockerfile.
 *
 * @throws GoDockerError where there is none, or several.
 */
export function devServiceOf({ services }: ComposeConfig, plan: DevPlan): string {
  if (plan.service !== undefined) {
    if (Object.hasOwn(services, plan.service)) return plan.service;
    throw new GoDockerError(
      `the compose files have no service "${plan.service}", which option "service" names`,
      {
        advice: `they have ${Object.keys(services).join(', ') || 'none'}`,
      },
    );
  }
  const stage = plan.debug ? 'debug' : 'dev';
  const dockerfile = posix.join(plan.projectRoot, 'Dockerfile');
  const found = Object.entries(services)
    .filter(([, { build }]) => build?.target === stage && dockerfileOf(build, plan) === dockerfile)
    .map(([name]) => name);
  const [service] = found;
  if (service !== undefined && found.length === 1) return service;
  throw found.length > 1 ? several(found, plan) : noService(plan, stage);
}

function dockerfileOf(build: NonNullable<ComposeService['build']>, { workspaceRoot }: DevPlan): string {
  const context = relative(workspaceRoot, build.context ?? '.')
    .split(sep)
    .join('/');
  return posix.join(context, build.dockerfile ?? 'Dockerfile');
}

function several(found: readonly string[], { project, target }: DevPlan): GoDockerError {
  return new GoDockerError(`several compose services run ${project}: ${found.join(', ')}`, {
    advice: `choose one: option "service" of the target ${target}`,
  });
}

function noService({ project, projectRoot }: DevPlan, stage: string): GoDockerError {
  return new GoDockerError(
    `no compose service is built from the stage "${stage}" of ${posix.join(projectRoot, 'Dockerfile')}`,
    {
      advice:
        stage === 'debug'
          ? `\`nx g go-docker:setup ${project} --stages=debug\` adds the stage and the service`
          : `\`nx g go-docker:setup ${project}\` writes ${posix.join(projectRoot, 'compose.yaml')} and includes it in the compose.yaml of the workspace`,
    },
  );
}

/** A service and all that it depends on, to the end. */
export function withDependencies({ services }: ComposeConfig, service: string): readonly string[] {
  const found = new Set([service]);
  // A set is visited to its end, also what is added meanwhile.
  for (const name of found) Object.keys(services[name]?.depends_on ?? {}).forEach((each) => found.add(each));
  return [...found];
}
