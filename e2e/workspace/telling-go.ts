import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { neutralEnvironment } from './environment';
import { succeed } from './program';
import type { Workspace } from './workspace';

/** What a `go build` that links a program prints where it tells what it starts. */
export const LINKS = '/link -o ';

/** An environment in which `go build` tells which programs it starts. */
export async function tellingGo(workspace: Workspace): Promise<NodeJS.ProcessEnv> {
  const env = neutralEnvironment();
  const [go, GOCACHE] = (await succeed('go', ['env', 'GOROOT', 'GOCACHE'], { env })).split('\n');
  const folder = join(workspace.temporary, 'telling-go');
  mkdirSync(folder);
  const script = `#!/bin/sh
if [ "$1" = build ]; then shift; exec ${go}/bin/go build -x "$@"; fi
exec ${go}/bin/go "$@"
`;
  writeFileSync(join(folder, 'go'), script, { mode: 0o755 });
  // Go's cache stays where it is, also where a test gives go-docker another one: it is no part of what is tested.
  return { PATH: [folder, env.PATH].join(delimiter), GOCACHE };
}
