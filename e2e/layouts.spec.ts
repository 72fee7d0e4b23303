import {
  containerdStore,
  loadLayout,
  removeDockerThings,
  requireDocker,
  runContainer,
} from './docker/docker';
import { mustSucceed, setUp } from './workspace/set-up';
import { tasksRun } from './workspace/tasks';
import { createWorkspace, removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(10 * 60_000);

beforeAll(() => requireDocker(containerdStore));
afterAll(async () => {
  await removeDockerThings();
  removeWorkspaces();
});

/** A project of another language, beside the Go modules. */
const web = {
  'web/package.json': '{ "name": "web", "version": "0.0.0", "private": true }\n',
  'web/project.json': '{ "name": "web", "targets": { "build": { "command": "node web/index.js" } } }\n',
  'web/index.js': 'console.log("another language");\n',
};

describe.each<{
  layout: string;
  copyOf: string;
  /** Name of each project → what its program prints. */
  apps: Record<string, string>;
  changes: readonly { what: string; apply: (workspace: Workspace) => void; rebuilt: readonly string[] }[];
}>([
  {
    layout:
      'modules that stand alone, with chains of replacements and a vendor folder, beside another language',
    copyOf: 'e2e/fixtures/mixed',
    apps: {
      api: 'first second third',
      vendored: 'far the vendored third',
      'a-server': 'server of a',
      'b-server': 'server of b 00000000-0000-0000-0000-000000000000',
      jobs: 'jobs of b 00000000-0000-0000-0000-000000000000',
    },
    changes: [
      {
        what: 'a module at the end of a chain, of which another app has a vendored copy',
        apply: (workspace) => workspace.edit('libs/third/third.go', '"third"', '"3rd"'),
        rebuilt: ['api'],
      },
      {
        what: 'a vendored package',
        apply: (workspace) =>
          workspace.edit('services/vendored/vendor/example.com/far/far.go', '"far"', '"further"'),
        rebuilt: ['vendored'],
      },
      {
        what: 'a package of a module with two commands',
        apply: (workspace) => workspace.edit('services/b/internal/zero/zero.go', 'uuid.Nil', 'uuid.Max'),
        rebuilt: ['b-server', 'jobs'],
      },
      {
        what: 'the other language',
        apply: (workspace) => workspace.edit('web/index.js', 'another', 'yet another'),
        rebuilt: [],
      },
    ],
  },
  {
    layout: 'a module at the root that is itself in go.work, and one that go.work leaves out',
    copyOf: 'e2e/fixtures/root-module',
    apps: { shop: 'log clock', jobs: 'jobs clock', api: 'api greeting', report: 'report base' },
    changes: [
      {
        what: 'a module that go.work leaves out, too',
        apply: (workspace) => workspace.edit('legacy/base/base.go', '"base"', '"ground"'),
        rebuilt: ['report'],
      },
      {
        what: 'a package of the root that two commands use',
        apply: (workspace) => workspace.edit('internal/clock/clock.go', '"clock"', '"watch"'),
        rebuilt: ['jobs', 'shop'],
      },
      {
        what: 'a package of the root that a module below uses',
        apply: (workspace) => workspace.edit('greeting/greeting.go', '"greeting"', '"hello"'),
        rebuilt: ['api'],
      },
    ],
  },
  {
    layout: 'a go.work with a vendor folder',
    copyOf: 'e2e/fixtures/work-vendor',
    apps: { server: 'log far' },
    changes: [
      {
        what: 'a module of go.work that the app does not use',
        apply: (workspace) => workspace.edit('tools/gen/gen.go', 'package gen', 'package gen // changed'),
        rebuilt: [],
      },
    ],
  },
])('$layout', ({ copyOf, apps, changes }) => {
  const tasks = (projects: readonly string[]) => projects.map((project) => `${project}:image`).sort();
  const buildAll = () => mustSucceed(workspace, ['run-many', '-t', 'image']);
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await createWorkspace({ copyOf, files: web });
    await setUp(workspace, ['--runner=scratch']);
  });

  it('every image is built, and its program runs', async () => {
    expect(tasksRun(await buildAll())).toEqual(tasks(Object.keys(apps)));

    for (const [project, printed] of Object.entries(apps)) {
      const image = await loadLayout(containerdStore, workspace.path(`dist/images/${project}`));
      expect((await runContainer(containerdStore, image, [])).output.trim()).toBe(printed);
    }
  });

  it('the second run takes every image from the cache', async () => {
    expect(tasksRun(await buildAll())).toEqual([]);
  });

  it.each(changes)('a change of $what rebuilds $rebuilt', async ({ apply, rebuilt }) => {
    apply(workspace);

    expect(tasksRun(await buildAll())).toEqual(tasks(rebuilt));
  });
});

describe('nx g go-docker:setup from a folder of the workspace', () => {
  it('takes names of folders as they are there', async () => {
    const workspace = await createWorkspace({ copyOf: 'e2e/fixtures/mixed', files: web });
    await mustSucceed(workspace, ['g', 'go-docker:init']);
    await workspace.commit();

    const below = await workspace.nx(['g', 'go-docker:setup', '.'], { cwd: workspace.path('services/b') });
    expect(below.exitCode).toBe(0);
    const beside = await workspace.nx(['g', 'go-docker:setup', '../../libs/third/../../services/api'], {
      cwd: workspace.root,
      env: { INIT_CWD: workspace.path('services/b') },
    });
    expect(beside.exitCode).toBe(0);

    const folders = (await workspace.changes()).flatMap(
      (line) => /^\?\? (.+)\/Dockerfile$/.exec(line)?.[1] ?? [],
    );
    expect(folders.sort()).toEqual(['services/api', 'services/b/cmd/jobs', 'services/b/cmd/server']);
  });
});
