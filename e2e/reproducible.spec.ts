import { readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { classicStore, containerdStore, requireDocker, type Docker } from './docker/docker';
import { binaryPath, fileOf, readSingleImage } from './images/layout';
import { createSetUpWorkspace, mustSucceed } from './workspace/set-up';
import { snapshot } from './workspace/snapshot';
import { cloneWorkspace, removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(15 * 60_000);

describe('one state of the sources gives one image', () => {
  let first: Workspace;

  beforeAll(async () => {
    await requireDocker(containerdStore);
    await requireDocker(classicStore);
    first = await createSetUpWorkspace({ copyOf: 'e2e/fixtures/work', files: ASSETS }, [
      'api',
      '--runner=distroless',
      '--assets=apps/api/static',
    ]);
    await buildWithoutCache(first, containerdStore);
  });
  afterAll(removeWorkspaces);

  it('in two clones in different folders, checked out at different times', async () => {
    const second = await cloneWorkspace(first, 'a clone in another folder');
    touch(second.path('apps'), new Date('2001-02-03T04:05:06Z'));

    await buildWithoutCache(second, containerdStore);

    expect(snapshot(second.path('dist/images/api'))).toEqual(snapshot(first.path('dist/images/api')));
  });

  it("on Docker's classic image store as on containerd's", async () => {
    const second = await cloneWorkspace(first, 'classic');

    await buildWithoutCache(second, classicStore);

    expect(readSingleImage(second.path('dist/images/api'))).toEqual(
      readSingleImage(first.path('dist/images/api')),
    );
    expect(snapshot(second.path('dist/images/api'))).toEqual(snapshot(first.path('dist/images/api')));
  });

  const others = ['native', 'hybrid'].flatMap((engine) =>
    [containerdStore, classicStore].map((docker) => ({ engine, docker, store: docker.store })),
  );

  it.each(others)(
    'built by $engine beside Docker’s $store store, in a clone in another folder, checked out at another time',
    async ({ engine, docker, store }) => {
      const second = await cloneWorkspace(first, `${engine} ${store}`);
      touch(second.path('apps'), new Date('2033-04-05T06:07:08Z'));

      await buildWithoutCache(second, docker, engine);

      expect(snapshot(second.path('dist/images/api'))).toEqual(snapshot(first.path('dist/images/api')));
    },
  );

  it('and one binary, whether modules are cached in a layer or in a mount', async () => {
    const second = await createSetUpWorkspace({ copyOf: 'e2e/fixtures/work', files: ASSETS }, [
      '--depsCache=mount',
    ]);
    expect(second.read('apps/api/Dockerfile')).toContain('--mount=type=cache');

    await buildWithoutCache(second, containerdStore);

    expect(await binaryOf(second)).toEqual(await binaryOf(first));
  });
});

const ASSETS = { 'apps/api/static/index.html': '<p>hello</p>\n', 'apps/api/static/css/site.css': 'p {}\n' };

async function buildWithoutCache(workspace: Workspace, docker: Docker, engine = 'docker'): Promise<void> {
  const flags = ['--noCache', '--skip-nx-cache', '--output-style=static', `--engine=${engine}`];
  const output = await mustSucceed(workspace, ['run', 'api:image', ...flags], docker.env);
  expect(output).toContain(`engine: ${engine} (as asked)`);
}

async function binaryOf(workspace: Workspace): Promise<Buffer> {
  const image = readSingleImage(workspace.path('dist/images/api'));
  return fileOf(image, binaryPath(image));
}

function touch(directory: string, time: Date): void {
  for (const name of readdirSync(directory)) {
    const path = join(directory, name);
    if (statSync(path).isDirectory()) touch(path, time);
    utimesSync(path, time, time);
  }
}
