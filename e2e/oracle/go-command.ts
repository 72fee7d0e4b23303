import { goEnvironment } from '../workspace/environment';
import { run, type Finished } from '../workspace/program';
import type { Workspace } from '../workspace/workspace';
import type { Recipe } from './recipe';

/** Runs the go command in the folder of an app, with what its Dockerfile says to Go. */
export function go(
  { path }: Workspace,
  { packageDir, cgo, isAlone }: Recipe,
  args: readonly string[],
  architecture = 'amd64',
): Promise<Finished> {
  return run('go', args, {
    cwd: path(packageDir),
    env: {
      ...goEnvironment(),
      GOOS: 'linux',
      GOARCH: architecture,
      CGO_ENABLED: cgo ? '1' : '0',
      ...(isAlone ? { GOWORK: 'off' } : {}),
    },
  });
}
