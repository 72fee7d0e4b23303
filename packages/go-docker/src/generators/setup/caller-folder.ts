import { isAbsolute, relative, sep } from 'node:path';
import type { WorkspacePath } from '@go-docker/go-workspace';

/**
 * The folder that the user stands in: package managers go to the workspace root first and leave the real one in INIT_CWD, as Nx's own
 * generators read it. The root itself where that is not in the workspace.
 */
export function callerFolder(
  workspaceRoot: string,
  environment: NodeJS.ProcessEnv = process.env,
  workingDirectory = process.cwd(),
): WorkspacePath {
  const candidates = [environment['INIT_CWD'], workingDirectory].filter((folder) => folder !== undefined);
  const below = candidates.map((folder) => relative(workspaceRoot, folder));
  const inside = below.find((path) => !isAbsolute(path) && path !== '..' && !path.startsWith(`..${sep}`));
  return inside?.split(sep).join('/') || '.';
}
