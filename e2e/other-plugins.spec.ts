import { containerdStore, requireDocker } from './docker/docker';
import { readSingleImage } from './images/layout';
import { neutralEnvironment } from './workspace/environment';
import { succeed } from './workspace/program';
import { mustSucceed, setUp } from './workspace/set-up';
import { tasksRun } from './workspace/tasks';
import { NX_VERSION } from './workspace/template';
import { createWorkspace, removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(10 * 60_000);

describe('beside other plugins for Go and Docker', () => {
  let workspace: Workspace;

  const project = async (name: string) =>
    JSON.parse(await mustSucceed(workspace, ['show', 'project', name, '--json'])) as {
      root: string;
      targets: Record<string, { executor: string; options: { command?: string } }>;
    };

  beforeAll(async () => {
    await requireDocker(containerdStore);
    const plugins = ['@naxodev/gonx', '@nx-go/nx-go', '@nx/docker'];
    workspace = await createWorkspace({
      copyOf: 'e2e/fixtures/work',
      files: { 'nx.json': JSON.stringify({ analytics: false, neverConnectToCloud: true, plugins }) },
    });
    // npm would write into the file that all workspaces share.
    workspace.remove('node_modules/.package-lock.json');
    const packages = ['@naxodev/gonx@4.1.1', '@nx-go/nx-go@4.1.1', `@nx/docker@${NX_VERSION}`];
    await succeed(
      'npm',
      ['install', '--no-audit', '--no-fund', '--prefer-offline', '--save-dev', '--save-exact', ...packages],
      { cwd: workspace.root, env: neutralEnvironment(), timeoutMs: 5 * 60_000 },
    );
    await setUp(workspace, ['--runner=scratch']);
  });
  afterAll(removeWorkspaces);

  it('takes the projects that they infer, with their names, and writes no project.json', async () => {
    const names = JSON.parse(await mustSucceed(workspace, ['show', 'projects', '--json'])) as string[];

    expect(names.sort()).toEqual(['api', 'log', 'queue', 'worker']);
    expect(workspace.exists('apps/api/project.json')).toBe(false);
    expect(JSON.parse(workspace.read('nx.json'))).toMatchObject({
      plugins: ['go-docker', '@naxodev/gonx', '@nx-go/nx-go', '@nx/docker'],
    });
  });

  it('gives its targets beside theirs', async () => {
    const { root, targets } = await project('api');

    expect(root).toBe('apps/api');
    expect(targets).toMatchObject({
      image: { executor: 'go-docker:image' },
      'image-size': { executor: 'go-docker:size' },
      build: { executor: '@nx-go/nx-go:build' },
      'docker:build': { options: { command: 'docker build .' } },
    });
  });

  it('builds an image, and takes it from the cache', async () => {
    expect(tasksRun(await mustSucceed(workspace, ['run', 'api:image']))).toEqual(['api:image']);
    expect(readSingleImage(workspace.path('dist/images/api')).digest).toMatch(/^sha256:/);
    expect(tasksRun(await mustSucceed(workspace, ['run', 'api:image']))).toEqual([]);
  });
});
