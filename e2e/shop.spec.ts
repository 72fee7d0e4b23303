import {
  containerdStore,
  dockerSucceeds,
  loadLayout,
  removeDockerThings,
  requireDocker,
} from './docker/docker';
import { startContainer } from './docker/docker';
import { readSingleImage } from './images/layout';
import { mustSucceed, setUp } from './workspace/set-up';
import { tasksRun } from './workspace/tasks';
import { createWorkspace, removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(10 * 60_000);

describe('the example workspace', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    await requireDocker(containerdStore);
    workspace = await createWorkspace({ copyOf: 'examples/shop' });
  });
  afterAll(async () => {
    await removeDockerThings();
    removeWorkspaces();
  });

  it('is set up once and for all', async () => {
    await setUp(workspace);

    await mustSucceed(workspace, ['g', 'go-docker:setup']);

    expect(await workspace.changes()).toEqual([]);
  });

  it('has its three images built and measured, once', async () => {
    const measure = () => mustSucceed(workspace, ['run-many', '-t', 'image-size']);

    expect(tasksRun(await measure())).toEqual([
      'api:image',
      'api:image-size',
      'catalog:image',
      'catalog:image-size',
      'worker:image',
      'worker:image-size',
    ]);
    expect(tasksRun(await measure())).toEqual([]);
    for (const app of ['api', 'catalog', 'worker']) {
      expect(readSingleImage(workspace.path('dist/images', app)).platform).toBe('linux/amd64');
    }
  });

  it('answers over HTTP from its image, and ends when it is told to', async () => {
    const image = await loadLayout(containerdStore, workspace.path('dist/images/api'));
    const container = startContainer(containerdStore, image, [], ['--publish=127.0.0.1::8080']);
    await container.program.printed(/api listens/);
    const address = await dockerSucceeds(containerdStore, ['port', container.name, '8080/tcp']);

    const answer = await fetch(`http://${address.trim()}/hours?zone=Asia/Tokyo`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ localTime: expect.stringMatching(/\+09:00$/) });

    await dockerSucceeds(containerdStore, ['stop', '--time=20', container.name]);
    const finished = await container.program.finished;
    expect(finished.output).toContain('api stopped');
    expect(finished.exitCode).toBe(0);
  });
});
