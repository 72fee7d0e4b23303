import { mustSucceed } from './set-up';
import { createWorkspace, type Workspace } from './workspace';

/** A Dockerfile of the user's own that compiles nothing, for tests that are not about Go. */
export const PLAIN_DOCKERFILE = 'FROM scratch AS runner\nCOPY apps/api/main.go /main.go\n';

/** Lines of a stage that waits until it is interrupted, and says when it has begun. */
export function waitingDockerfile(seconds: number): string {
  return [
    'FROM alpine:3.22 AS waiting',
    `RUN --network=none echo "waiting for $((${seconds} * 1)) seconds" && sleep ${seconds}`,
    'FROM scratch AS runner',
    'COPY --from=waiting /etc/os-release /os-release',
    'COPY apps/api/main.go /main.go',
    '',
  ].join('\n');
}

/** A workspace with one app, `apps/api`, whose image takes no time to build. */
export async function createPlainWorkspace(files: Readonly<Record<string, string>> = {}): Promise<Workspace> {
  const workspace = await createWorkspace({
    files: {
      'apps/api/go.mod': 'module example.com/api\n\ngo 1.26.0\n',
      'apps/api/main.go': 'package main\n\nfunc main() {}\n',
      'apps/api/project.json': '{ "name": "api" }\n',
      'apps/api/Dockerfile': PLAIN_DOCKERFILE,
      ...files,
    },
  });
  await mustSucceed(workspace, ['g', 'go-docker:init']);
  await workspace.commit();
  return workspace;
}
