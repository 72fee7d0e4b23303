import { classicStore, containerdStore, requireDocker } from './docker/docker';
import { fileOf, readLayout } from './images/layout';
import { refused } from './workspace/refusal';
import { mustSucceed } from './workspace/set-up';
import { snapshot } from './workspace/snapshot';
import { createWorkspace, removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(15 * 60_000);

/** No engine answers there. */
const NO_DOCKER = { DOCKER_HOST: 'unix:///nowhere/docker.sock' };

/** Fixture → what its apps stand on, and for what. */
const FIXTURES: readonly (readonly [fixture: string, options: readonly string[]])[] = [
  ['e2e/fixtures/work', ['--runner=distroless']],
  ['e2e/fixtures/single', ['--runner=scratch', '--platforms=linux/amd64,linux/arm64']],
  ['e2e/fixtures/root-module', ['--runner=alpine', '--depsCache=mount']],
  ['e2e/fixtures/mixed', ['--runner=scratch']],
  ['e2e/fixtures/work-vendor', ['--runner=debian']],
];

describe('the images of an Nx workspace', () => {
  beforeAll(() => requireDocker(containerdStore));
  afterAll(removeWorkspaces);

  it.each(FIXTURES)('are the same from the engines docker and native: %s %j', async (copyOf, options) => {
    const workspace = await setUp(copyOf, options);
    const platforms = options.filter((option) => option.startsWith('--platforms'));
    const build = ['run-many', '-t', 'image', '--skip-nx-cache', '--output-style=static', ...platforms];
    await mustSucceed(workspace, [...build, '--engine=docker'], containerdStore.env);
    const docker = snapshot(workspace.path('dist/images'));
    workspace.remove('dist/images');
    const output = await mustSucceed(workspace, [...build, '--engine=native'], containerdStore.env);
    expect(output).toContain('engine: native (as asked)');
    expect(snapshot(workspace.path('dist/images'))).toEqual(docker);
    expect(Object.keys(docker).filter((path) => path.endsWith('/image.json')).length).toBeGreaterThan(0);
    expect(await workspace.changes()).toEqual([]);
  });

  it('are the same from the engine hybrid, for several platforms and on both image stores', async () => {
    const workspace = await setUp('e2e/fixtures/work', ['--runner=scratch']);
    const flags = ['--skip-nx-cache', '--output-style=static', '--platforms=linux/amd64,linux/arm64'];
    const build = ['run-many', '-t', 'image', ...flags];
    await mustSucceed(workspace, [...build, '--engine=docker'], containerdStore.env);
    const docker = snapshot(workspace.path('dist/images'));
    workspace.remove('dist/images');
    const output = await mustSucceed(workspace, [...build, '--engine=hybrid'], containerdStore.env);
    expect(output).toContain('engine: hybrid (as asked)');
    // The program is there before BuildKit begins.
    expect(output).not.toMatch(/RUN .*go build/);
    expect(snapshot(workspace.path('dist/images'))).toEqual(docker);
    workspace.remove('dist/images');
    await requireDocker(classicStore);
    await mustSucceed(workspace, [...build, '--engine=hybrid'], classicStore.env);
    expect(snapshot(workspace.path('dist/images'))).toEqual(docker);
  });

  it('may have a RUN in the runner with the engine hybrid, and nothing of the builder that came with its base', async () => {
    const workspace = await setUp('e2e/fixtures/single', ['--runner=alpine']);
    const dockerfile = 'cmd/a/Dockerfile';
    const build = ['run', 'a:image', '--engine=hybrid', '--output-style=static'];
    workspace.edit(dockerfile, ' AS runner\n', ' AS runner\nRUN echo made > /made\n');
    await mustSucceed(workspace, build, containerdStore.env);
    const [image] = readLayout(workspace.path('dist/images/a'));
    expect(image && String(await fileOf(image, 'made'))).toBe('made\n');

    workspace.edit(dockerfile, 'RUN echo made > /made\n', 'COPY --from=builder /etc/hostname /\n');
    expect(await refused(workspace, build, containerdStore.env)).toMatch(
      /Dockerfile:\d+: the engine "native" copies from this stage only what the Dockerfile made there, and \/etc\/hostname came with golang/,
    );
    workspace.edit(
      dockerfile,
      'COPY --from=builder /etc/hostname /\n',
      'RUN --mount=from=builder,target=/b true\n',
    );
    expect(await refused(workspace, build, containerdStore.env)).toContain(
      'the engine "hybrid" compiles on this machine',
    );
  });

  it('are built without Docker where there is none, if the plugin or nobody says how', async () => {
    const workspace = await setUp('e2e/fixtures/single', ['--runner=scratch']);
    const output = await mustSucceed(
      workspace,
      ['run-many', '-t', 'image', '--output-style=static'],
      NO_DOCKER,
    );
    expect(output).toMatch(/engine: native \(Docker does not answer, and go\d\S* is on this machine\)/);
    expect(readLayout(workspace.path('dist/images/a'))).toHaveLength(1);

    workspace.edit(
      'nx.json',
      '["go-docker"]',
      '[{ "plugin": "go-docker", "options": { "engine": "native" } }]',
    );
    const chosen = await mustSucceed(
      workspace,
      ['run', 'a:image', '--output-style=static'],
      containerdStore.env,
    );
    expect(chosen).toContain('engine: native (as asked)');
  });
});

async function setUp(copyOf: string, options: readonly string[]): Promise<Workspace> {
  const workspace = await createWorkspace({ copyOf });
  await mustSucceed(workspace, ['g', 'go-docker:init']);
  await mustSucceed(workspace, ['g', 'go-docker:setup', '--dev=false', ...options]);
  await workspace.commit();
  return workspace;
}
