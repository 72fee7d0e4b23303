import { classicStore, containerdStore, requireDocker } from './docker/docker';
import { eventually, processesMentioning } from './workspace/processes';
import type { Running } from './workspace/program';
import { mustSucceed } from './workspace/set-up';
import { snapshot } from './workspace/snapshot';
import { tasksRun } from './workspace/tasks';
import { LINKS, tellingGo } from './workspace/telling-go';
import { createWorkspace, removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(15 * 60_000);
afterAll(removeWorkspaces);

const IMAGES = ['run-many', '-t', 'image', '--output-style=static'];
const WORKER = 'apps/worker/cmd/worker/main.go';

describe('the images of several apps, built by one process', () => {
  let workspace: Workspace;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    workspace = await setUp();
    env = { ...(await tellingGo(workspace)), XDG_CACHE_HOME: `${workspace.temporary}/caches` };
  });

  it('are those that each is alone, and are linked by one go build for each platform', async () => {
    const build = [...IMAGES, '--engine=native', '--skip-nx-cache', '--platforms=linux/amd64,linux/arm64'];
    await mustSucceed(workspace, build, env);
    const alone = snapshot(workspace.path('dist/images'));
    workspace.remove('dist');
    const caches = { ...env, XDG_CACHE_HOME: `${workspace.temporary}/other-caches` };
    const output = await mustSucceed(workspace, [...build, '--batch'], caches);
    expect(output).toContain('Running 3 tasks with go-docker:image');
    // Each image's own build has found that there was nothing left to link.
    expect(output.match(/^\[\w+\] \[linux\/\w+\] go build/gm)).toHaveLength(6);
    expect(output).not.toContain(LINKS);
    expect(snapshot(workspace.path('dist/images'))).toEqual(alone);
  });

  it('come from the cache, each by itself', async () => {
    const build = [...IMAGES, '--engine=native', '--batch'];
    await mustSucceed(workspace, build, env);
    const images = snapshot(workspace.path('dist/images'));
    workspace.remove('dist');
    workspace.edit(WORKER, 'func main() {', 'func main() {\n\tprintln("changed")');
    const output = await mustSucceed(workspace, build, env);
    // Nx names the task of a batch of one before it and behind it.
    expect([...new Set(tasksRun(output))]).toEqual(['worker:image']);
    const changed = snapshot(workspace.path('dist/images'));
    expect(changed).not.toEqual(images);
    for (const app of ['api', 'catalog']) expect(of(changed, app)).toEqual(of(images, app));
  });

  it('fail alone', async () => {
    const build = [...IMAGES, '--engine=native', '--skip-nx-cache', '--batch'];
    const before = snapshot(workspace.path('dist/images'));
    workspace.edit(WORKER, 'func main() {', 'func main() {\n\tundefined_name()');
    workspace.edit('apps/api/Dockerfile', '-trimpath', '-trimpath -v');
    const { exitCode, output } = await workspace.nx(build, { env });
    expect(exitCode).toBe(1);
    expect(output).toMatch(/^\[worker\] apps\/worker\/Dockerfile:\d+: go build failed$/m);
    expect(output).toMatch(/^\[worker\] .*undefined: undefined_name$/m);
    expect(output).toMatch(
      /^\[api\] apps\/api\/Dockerfile:\d+: The Dockerfile no longer fits the workspace/m,
    );
    expect(output).toMatch(/^\[catalog\] catalog → dist\/images\/catalog$/m);
    expect(output).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
    expect(snapshot(workspace.path('dist/images'))).toEqual(before);
  });
});

it.each(['22.7.12', '24.0.6'])('a batch is one on Nx %s too', async (nxVersion) => {
  const workspace = await setUp(nxVersion);
  const build = [...IMAGES, '--engine=native'];
  await mustSucceed(workspace, build);
  const alone = snapshot(workspace.path('dist/images'));
  workspace.remove('dist');
  const output = await mustSucceed(workspace, [...build, '--skip-nx-cache', '--batch']);
  expect(output).toContain('Running 3 tasks with go-docker:image');
  expect(snapshot(workspace.path('dist/images'))).toEqual(alone);

  workspace.remove('dist');
  workspace.edit(WORKER, 'func main() {', 'func main() {\n\tundefined_name()');
  const failed = await workspace.nx([...build, '--batch']);
  expect(failed.exitCode).toBe(1);
  expect(failed.output).toMatch(/^\[worker\] apps\/worker\/Dockerfile:\d+: go build failed$/m);
  // From the cache, where the builds of single tasks have put them.
  for (const app of ['api', 'catalog']) {
    expect(of(snapshot(workspace.path('dist/images')), app)).toEqual(of(alone, app));
  }
});

describe.each([containerdStore, classicStore])(
  'the images that are baked at once, $store store',
  (docker) => {
    let workspace: Workspace;

    beforeAll(async () => {
      await requireDocker(docker);
      workspace = await setUp();
    });

    it('are those that each is alone', async () => {
      const build = [...IMAGES, '--engine=docker', '--skip-nx-cache'];
      await mustSucceed(workspace, build, docker.env);
      const alone = snapshot(workspace.path('dist/images'));
      workspace.remove('dist');
      const output = await mustSucceed(workspace, [...build, '--batch'], docker.env);
      expect(snapshot(workspace.path('dist/images'))).toEqual(alone);
      // One is made first, with its own lines; bake names the targets of the others in its messages.
      const firsts = [...output.matchAll(/^\[(\w+)\] #\d+ /gm)].map(([, app]) => app);
      const others = [...output.matchAll(/^#\d+ \[(\w+)-\d builder \d\/\d\]/gm)].map(([, app]) => app);
      expect([...new Set(firsts)]).toHaveLength(1);
      expect([...new Set([...firsts, ...others])].sort()).toEqual(['api', 'catalog', 'worker']);
    });

    it('fail alone, with their own lines', async () => {
      const before = snapshot(workspace.path('dist/images'));
      workspace.edit(WORKER, 'func main() {', 'func main() {\n\tundefined_name()');
      const build = [...IMAGES, '--engine=docker', '--skip-nx-cache', '--batch'];
      const { exitCode, output } = await workspace.nx(build, { env: docker.env });
      expect(exitCode).toBe(1);
      expect(output).toMatch(/^\[worker\] .*the image of worker was not built: this step failed/m);
      expect(output).toMatch(/^\[worker\] .*undefined: undefined_name$/m);
      for (const app of ['api', 'catalog']) expect(output).toContain(`[${app}] ${app} → dist/images/${app}`);
      expect(snapshot(workspace.path('dist/images'))).toEqual(before);
    });
  },
);

describe('a batch that is interrupted', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    await requireDocker(containerdStore);
    workspace = await setUp();
  });

  it.each<{ how: string; seconds: number; interrupt: (nx: Running) => void }>([
    { how: 'by Ctrl-C in the terminal', seconds: 7654, interrupt: (nx) => nx.signalGroup('SIGINT') },
    { how: 'by SIGTERM to Nx alone', seconds: 7655, interrupt: (nx) => nx.signal('SIGTERM') },
    { how: 'by the end of Nx', seconds: 7656, interrupt: (nx) => nx.signal('SIGKILL') },
  ])('$how ends what it has started, and leaves nothing', async ({ seconds, interrupt }) => {
    const wait = `RUN echo "waiting for ${seconds} seconds" && sleep ${seconds}\n`;
    workspace.edit('apps/api/Dockerfile', ' AS deps\n', ` AS deps\n${wait}`);
    const build = [...IMAGES, '--engine=docker', '--skip-nx-cache', '--batch'];
    const nx = workspace.startNx(build, { env: containerdStore.env });
    await nx.printed(new RegExp(`waiting for ${seconds} seconds`));
    interrupt(nx);
    expect((await nx.finished).exitCode).not.toBe(0);
    await eventually(() => {
      expect(processesMentioning(workspace.root)).toEqual([]);
      expect(processesMentioning(`sleep ${seconds}`)).toEqual([]);
      expect(snapshot(workspace.path('dist'), /^image-modules$/)).toEqual({ 'images/': 'empty folder' });
    });
  });
});

/** The files of one app's image. */
function of(images: Readonly<Record<string, string>>, app: string): unknown {
  return Object.entries(images).filter(([path]) => path.startsWith(`${app}/`));
}

async function setUp(nxVersion?: string): Promise<Workspace> {
  const workspace = await createWorkspace({ copyOf: 'examples/shop', nxVersion });
  await mustSucceed(workspace, ['g', 'go-docker:setup', '--dev=false', '--runner=scratch']);
  return workspace;
}
