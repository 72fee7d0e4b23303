import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { composeServiceOf } from '../compose/compose-service';
import type { PublishedPort } from '../compose/published-ports';
import type { DevPlan } from './dev-loop';

/**
 * The ports that the app's own compose file publishes, in their order; none where it has no managed block.
 *
 * @throws GoDockerError with file and line where the file cannot be read.
 */
export function appPorts(plan: DevPlan): readonly PublishedPort[] {
  const file = composeFileOf(plan);
  const path = join(plan.workspaceRoot, file);
  if (!existsSync(path)) return [];
  const block = plan.debug ? 'debug' : 'dev';
  const service = composeServiceOf(readFileSync(path, 'utf8'), file, { block, environment: process.env });
  return (service?.ports ?? []).filter(({ protocol }) => protocol === 'tcp');
}

/**
 * The compose file that the app's service is written in, below the workspace root: beside a compose file of the user's own, and at the root
 * of the workspace, it is a file of its own.
 */
export function composeFileOf({ workspaceRoot, projectRoot }: DevPlan): string {
  const own = posix.join(projectRoot, 'compose.dev.yaml');
  return existsSync(join(workspaceRoot, own)) ? own : posix.join(projectRoot, 'compose.yaml');
}
