import { refused } from './workspace/refusal';
import { createSetUpWorkspace, mustSucceed } from './workspace/set-up';
import { NX_VERSION } from './workspace/template';
import { removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(5 * 60_000);
afterAll(removeWorkspaces);

const COPY_OF_WORK = { copyOf: 'e2e/fixtures/work' };

/** apps/worker begins to use libs/mark, a new module. */
function importMark(workspace: Workspace): void {
  workspace.write('libs/mark/go.mod', 'module example.com/work/mark\n\ngo 1.26.0\n');
  workspace.write('libs/mark/mark.go', 'package mark\n');
  workspace.edit('go.work', './libs/queue', './libs/queue\n\t./libs/mark');
  workspace.edit('apps/worker/main.go', 'import (', 'import (\n\t_ "example.com/work/mark"');
}

/** Nx as a person runs it whose output goes into a file: not in CI. */
const BY_HAND = { CI: 'false' };

describe('nx sync', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await createSetUpWorkspace(COPY_OF_WORK);
  });

  it('finds nothing to do right after setup', async () => {
    expect(await mustSucceed(workspace, ['sync:check'])).toContain(
      '[go-docker:sync]: All files are up to date.',
    );
    await mustSucceed(workspace, ['sync']);
    expect(await workspace.changes()).toEqual([]);
  });

  it('names what a new import made stale, and mends it', async () => {
    importMark(workspace);
    await workspace.commit();

    const output = await refused(workspace, ['sync:check']);
    expect(output).toMatch(/^ +apps\/worker\/Dockerfile:11 deps$/m);
    expect(output).toMatch(/^ +apps\/worker\/Dockerfile\.dockerignore:4 context$/m);
    expect(output).not.toContain('apps/api/Dockerfile:');

    await mustSucceed(workspace, ['sync']);
    expect((await workspace.changes()).sort()).toEqual([
      ' M apps/worker/.air.toml',
      ' M apps/worker/Dockerfile',
      ' M apps/worker/Dockerfile.dockerignore',
    ]);
    expect(workspace.read('apps/worker/Dockerfile.dockerignore')).toContain('!libs/mark/*.go');
    await workspace.commit();

    await mustSucceed(workspace, ['sync:check']);
    await mustSucceed(workspace, ['sync']);
    expect(await workspace.changes()).toEqual([]);
  });

  it('says which version an image owes to another module', async () => {
    expect(await mustSucceed(workspace, ['g', 'go-docker:sync'])).toContain(
      'github.com/google/uuid is kept at v1.6.0, as the whole workspace links it (apps/worker/go.mod); ' +
        "the app's own modules alone would take v1.4.0",
    );
  });

  it('is asked for before an image is built, but not in CI, where the build itself refuses', async () => {
    workspace.edit('apps/worker/Dockerfile', 'go build -trimpath', 'go build');
    const stale = /^ *apps\/worker\/Dockerfile:\d+ builder$/m;

    const byHand = await refused(workspace, ['run', 'worker:image'], BY_HAND);
    expect(byHand).toContain('1 managed block of apps/worker no longer fits the workspace.');
    expect(byHand).toContain('nx sync');
    const inCi = await refused(workspace, ['run', 'worker:image']);
    expect(inCi).not.toContain('out of sync');
    expect(inCi).toMatch(stale);
    expect(inCi).toContain('`nx sync` renews them');

    expect(await mustSucceed(workspace, ['g', 'go-docker:sync'])).toMatch(stale);
    expect(await workspace.changes()).toEqual([]);
  });

  it('renews the others where an end marker was deleted, and fails with its place', async () => {
    const broken = workspace.read('apps/api/Dockerfile').replace('# go-docker:end deps\n', '');
    workspace.write('apps/api/Dockerfile', broken);
    workspace.edit('apps/worker/Dockerfile', 'go build -trimpath', 'go build');
    const message = 'apps/api/Dockerfile:11: The block "deps" has no end';

    const check = await refused(workspace, ['sync:check']);
    expect(check).toContain(message);
    expect(check).toMatch(/^ +apps\/worker\/Dockerfile:\d+ builder$/m);

    const sync = await workspace.nx(['sync']);
    expect(sync.exitCode).toBe(1);
    expect(sync.output).toContain(message);
    expect(await workspace.changes()).toEqual([' M apps/api/Dockerfile']);
    expect(workspace.read('apps/api/Dockerfile')).toBe(broken);
    expect(await refused(workspace, ['sync'])).toContain(message);
  });
});

describe('nx sync after nx g @nx/workspace:move', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await createSetUpWorkspace({ ...COPY_OF_WORK, packages: [`@nx/workspace@${NX_VERSION}`] });
    await mustSucceed(workspace, [
      'g',
      '@nx/workspace:move',
      '--project=worker',
      '--destination=apps/batch/worker',
      '--newProjectName=batch',
    ]);
  });

  it('says which line of go.work is to follow', async () => {
    const output = await refused(workspace, ['sync:check']);

    expect(output).toMatch(/go\.work:\d+: the module of apps\/worker is now in apps\/batch\/worker/);
    expect(output).toContain('go work edit -dropuse=./apps/worker -use=./apps/batch/worker');
  });

  it('has the files name the new folder, so that the image can be built', async () => {
    workspace.edit('go.work', './apps/worker', './apps/batch/worker');
    await workspace.commit();

    await mustSucceed(workspace, ['sync']);

    expect((await workspace.changes()).sort()).toEqual([
      // The image of api keeps a version that worker asks for.
      ' M apps/api/.air.toml',
      ' M apps/api/Dockerfile',
      ' M apps/api/Dockerfile.dockerignore',
      ' M apps/batch/worker/.air.toml',
      ' M apps/batch/worker/Dockerfile',
      ' M apps/batch/worker/Dockerfile.dockerignore',
      ' M apps/batch/worker/compose.yaml',
      ' M compose.yaml',
    ]);
    expect(workspace.read('compose.yaml')).toContain('path: apps/batch/worker/compose.yaml');
    expect(workspace.read('compose.yaml')).not.toContain('apps/worker/');
    expect(workspace.read('apps/batch/worker/Dockerfile')).toContain(
      'go-docker:begin builder package=./apps/batch/worker binary=worker',
    );
    await mustSucceed(workspace, ['sync:check']);
    await mustSucceed(workspace, ['run', 'batch:image']);
  });
});
