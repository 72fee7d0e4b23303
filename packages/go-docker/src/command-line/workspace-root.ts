import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GoDockerError } from '../errors';

/**
 * The root of the Nx workspace that a folder lies in.
 *
 * @throws GoDockerError where it lies in none.
 */
export function workspaceRootAbove(folder: string): string {
  for (let above = folder; ; above = dirname(above)) {
    if (existsSync(join(above, 'nx.json'))) return above;
    if (dirname(above) === above) break;
  }
  throw new GoDockerError(`${folder} is in no Nx workspace: neither there nor above is an nx.json`, {
    advice: 'run the command in the workspace',
  });
}
