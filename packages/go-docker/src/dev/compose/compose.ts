import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { GoDockerError } from '../../errors';
import type { Docker } from '../../engines/docker/docker';
import type { DevPlan } from '../dev-loop';

/** Names that compose itself looks for, in its order. (https://docs.docker.com/compose/intro/compose-application-model/) */
const COMPOSE_FILES = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];

/**
 * The arguments of `docker` that stand before a compose command.
 *
 * @throws GoDockerError where there is no compose file.
 */
export function composeArguments({ compose, debug, project, workspaceRoot }: DevPlan): readonly string[] {
  const files = compose === undefined ? COMPOSE_FILES : [compose];
  if (process.env['COMPOSE_FILE'] === undefined || compose !== undefined) {
    if (!files.some((file) => existsSync(join(workspaceRoot, file)))) throw noComposeFile(project, compose);
  }
  return [
    'compose',
    ...(compose === undefined ? [] : [`--file=${compose}`]),
    ...(debug ? ['--profile=debug'] : []),
  ];
}

function noComposeFile(project: string, compose: string | undefined): GoDockerError {
  return compose === undefined
    ? new GoDockerError('the workspace has no compose.yaml', {
        advice: `\`nx g go-docker:setup ${project}\` writes it`,
      })
    : new GoDockerError(`there is no ${compose} in the workspace, which option "compose" names`);
}

/** `include`, by which the root file takes in those of the apps, came with this one. */
const OLDEST = [2, 20] as const;

/** @throws GoDockerError where docker has no compose plugin, or too old a one. */
export async function assertCompose(docker: Docker): Promise<void> {
  const { exitCode, stdout } = await docker.run(['compose', 'version', '--short']);
  const version = stdout.trim();
  if (exitCode !== 0) {
    throw new GoDockerError('docker has no compose plugin, which runs the dev loop', {
      advice: `install it (package docker-compose-plugin or docker-compose; Docker Desktop brings it): https://docs.docker.com/compose/install/; ${orNative()}`,
    });
  }
  if (isOld(version)) {
    throw new GoDockerError(
      `docker compose is ${version}, and the dev loop needs ${OLDEST.join('.')} or newer`,
      {
        advice: `update it: https://docs.docker.com/compose/install/; ${orNative()}`,
      },
    );
  }
}

/** How to do without Docker, for the end of an advice. */
export function orNative(): string {
  return 'or run the app without Docker: --engine=native';
}

/** @param version As compose says it: `2.26.1-4`, `v2.20.0`. What cannot be read is taken for a new one. */
export function isOld(version: string): boolean {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  if (major === undefined || minor === undefined) return false;
  return Number(major) < OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) < OLDEST[1]);
}
