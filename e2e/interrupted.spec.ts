import { classicStore, containerdStore, dockerSucceeds, requireDocker, type Docker } from './docker/docker';
import { createPlainWorkspace, PLAIN_DOCKERFILE, waitingDockerfile } from './workspace/plain-image';
import { eventually, processesMentioning } from './workspace/processes';
import type { Running } from './workspace/program';
import { stateOf } from './workspace/refusal';
import { mustSucceed } from './workspace/set-up';
import { removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(5 * 60_000);
afterAll(removeWorkspaces);

let seconds = 7000;

describe.each([containerdStore, classicStore])('a build that is interrupted, $store store', (docker) => {
  let workspace: Workspace;

  beforeAll(async () => {
    await requireDocker(docker);
    workspace = await createPlainWorkspace();
  });

  it.each<{ how: string; interrupt: (nx: Running) => void }>([
    { how: 'by Ctrl-C in the terminal', interrupt: (nx) => nx.signalGroup('SIGINT') },
    { how: 'by SIGINT to Nx alone', interrupt: (nx) => nx.signal('SIGINT') },
    { how: 'by SIGTERM to Nx alone', interrupt: (nx) => nx.signal('SIGTERM') },
  ])('$how ends at once and leaves the previous image whole, and nothing else', async ({ interrupt }) => {
    const imagesBefore = await temporaryImages(docker);
    workspace.write('apps/api/Dockerfile', PLAIN_DOCKERFILE);
    await mustSucceed(workspace, ['run', 'api:image', '--skip-nx-cache'], docker.env);
    // A number that no other process has among its arguments.
    seconds += 1;
    workspace.write('apps/api/Dockerfile', waitingDockerfile(seconds));
    const before = stateOf(workspace);

    const nx = workspace.startNx(['run', 'api:image'], { env: docker.env });
    await nx.printed(new RegExp(`waiting for ${seconds} seconds`));
    expect(processesMentioning(`sleep ${seconds}`)).not.toEqual([]);
    const began = performance.now();
    interrupt(nx);
    const finished = await nx.finished;

    expect(finished.exitCode).not.toBe(0);
    expect(performance.now() - began).toBeLessThan(10_000);
    await eventually(() => {
      expect(processesMentioning(workspace.root)).toEqual([]);
      expect(processesMentioning(`sleep ${seconds}`)).toEqual([]);
      expect(stateOf(workspace)).toEqual(before);
    });
    await eventually(async () => expect(await temporaryImages(docker)).toEqual(imagesBefore));
  });

  it('is followed by a build that works', async () => {
    workspace.write('apps/api/Dockerfile', `${PLAIN_DOCKERFILE}LABEL after="interruption"\n`);

    await mustSucceed(workspace, ['run', 'api:image'], docker.env);
  });
});

/** Images that the plugin names while it builds through the daemon, and images without a name. */
async function temporaryImages(docker: Docker): Promise<string[]> {
  const listing = await dockerSucceeds(docker, ['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}']);
  return listing.split('\n').filter((name) => name.includes('go-docker'));
}
