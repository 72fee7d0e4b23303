import { containerdStore, requireDocker } from './docker/docker';
import { readSingleImage } from './images/layout';
import { createSetUpWorkspace, mustSucceed } from './workspace/set-up';
import { tasksRun } from './workspace/tasks';
import { removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(10 * 60_000);

describe('a change rebuilds the images it reaches and no other', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    await requireDocker(containerdStore);
    workspace = await createSetUpWorkspace({ copyOf: 'e2e/fixtures/work' }, ['--runner=scratch']);
    expect(tasksRun(await buildAll())).toEqual(['api:image', 'worker:image']);
  });
  afterAll(removeWorkspaces);

  const buildAll = () => mustSucceed(workspace, ['run-many', '-t', 'image']);

  it.each<{ change: string; apply: () => void; rebuilt: string[] }>([
    { change: 'nothing', apply: () => undefined, rebuilt: [] },
    {
      change: 'a library that both apps use',
      apply: () => workspace.edit('libs/log/log.go', '": "', '" | "'),
      rebuilt: ['api:image', 'worker:image'],
    },
    {
      change: 'a library that one app uses',
      apply: () => workspace.edit('libs/queue/queue.go', '"idle"', '"busy"'),
      rebuilt: ['worker:image'],
    },
    {
      change: "one app's source",
      apply: () => workspace.edit('apps/worker/main.go', '"worker"', '"the worker"'),
      rebuilt: ['worker:image'],
    },
    {
      change: 'an embedded file',
      apply: () => workspace.write('apps/api/greeting.txt', 'good evening\n'),
      rebuilt: ['api:image'],
    },
    {
      change: "one app's Dockerfile",
      apply: () => workspace.edit('apps/api/Dockerfile', /$/, '\nLABEL team="shop"\n'),
      rebuilt: ['api:image'],
    },
    {
      change: 'a remark in the go.mod of the module that raises a version for both apps',
      apply: () => workspace.edit('apps/worker/go.mod', 'go 1.26.0\n', 'go 1.26.0\n\n// Reviewed.\n'),
      rebuilt: [],
    },
    {
      change: 'a test',
      apply: () => workspace.edit('libs/log/log_test.go', 't.Fatal(got)', 't.Error(got)'),
      rebuilt: [],
    },
    {
      change: 'a README in a library',
      apply: () => workspace.write('libs/log/README.md', '# Log\n\nLines.\n'),
      rebuilt: [],
    },
    {
      change: 'a file for another system in a library',
      apply: () => workspace.write('libs/log/log_windows.go', 'package log\n'),
      rebuilt: [],
    },
    {
      change: 'a dependency of the JavaScript part',
      apply: () =>
        workspace.edit('package.json', '"private": true', '"private": true,\n  "description": "Acme"'),
      rebuilt: [],
    },
  ])('$change', async ({ apply, rebuilt }) => {
    apply();

    expect(tasksRun(await buildAll())).toEqual(rebuilt);
  });

  it('back at the first state, every image comes from the cache', async () => {
    const digest = readSingleImage(workspace.path('dist/images/api')).digest;
    workspace.write('apps/api/greeting.txt', 'good morning\n');
    const worker = readSingleImage(workspace.path('dist/images/worker')).digest;
    await buildAll();
    expect(readSingleImage(workspace.path('dist/images/api')).digest).not.toBe(digest);

    workspace.write('apps/api/greeting.txt', 'good evening\n');

    expect(tasksRun(await buildAll())).toEqual([]);
    expect(readSingleImage(workspace.path('dist/images/api')).digest).toBe(digest);
    expect(readSingleImage(workspace.path('dist/images/worker')).digest).toBe(worker);
  });
});
