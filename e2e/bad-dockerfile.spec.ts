import { containerdStore, requireDocker } from './docker/docker';
import { createPlainWorkspace, PLAIN_DOCKERFILE } from './workspace/plain-image';
import { refused } from './workspace/refusal';
import { createSetUpWorkspace, mustSucceed } from './workspace/set-up';
import { createWorkspace, removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(5 * 60_000);

const TARGET = JSON.stringify({ name: 'api', targets: { image: { executor: 'go-docker:image' } } });

describe('nx run api:image keeps the previous image and refuses', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    await requireDocker(containerdStore);
    workspace = await createPlainWorkspace({ 'apps/api/project.json': TARGET });
    await mustSucceed(workspace, ['run', 'api:image']);
  });
  afterAll(removeWorkspaces);

  it('a Dockerfile without a runner stage, and names the stages it has', async () => {
    workspace.write('apps/api/Dockerfile', PLAIN_DOCKERFILE.replace('AS runner', 'AS final'));

    const output = await refused(workspace, ['run', 'api:image']);

    expect(output).toContain('apps/api/Dockerfile');
    expect(output).toContain('runner');
    expect(output).toContain('final');
  });

  it('a Dockerfile that does not parse, with file and line', async () => {
    workspace.write('apps/api/Dockerfile', `${PLAIN_DOCKERFILE}COPPY x y\n`);

    expect(await refused(workspace, ['run', 'api:image'])).toContain('apps/api/Dockerfile:3');
  });

  it('a Dockerfile that is not there', async () => {
    workspace.remove('apps/api/Dockerfile');

    const output = await refused(workspace, ['run', 'api:image']);

    expect(output).toContain('apps/api/Dockerfile');
    expect(output).toContain('nx g go-docker:setup');
  });

  it('a base image that is nowhere', async () => {
    workspace.write('apps/api/Dockerfile', 'FROM 127.0.0.1:9/nowhere:1 AS runner\n');

    expect(await refused(workspace, ['run', 'api:image'])).toContain('127.0.0.1:9/nowhere:1');
  });

  it('a platform that is none', async () => {
    workspace.write('apps/api/Dockerfile', PLAIN_DOCKERFILE);

    expect(await refused(workspace, ['run', 'api:image', '--platforms=linux/vax'])).toContain('linux/vax');
  });
});

describe('Go sources that went bad', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await createSetUpWorkspace(
      { files: { 'apps/api/go.mod': GO_MOD, 'apps/api/main.go': 'package main\n\nfunc main() {}\n' } },
      ['--runner=scratch'],
    );
    await mustSucceed(workspace, ['run', 'api:image']);
  });
  afterAll(removeWorkspaces);

  it("show the compiler's lines near the end, and the previous image stays", async () => {
    workspace.write('apps/api/main.go', 'package main\n\nfunc main() {\n\tgreet(nobody)\n}\n');

    const output = await refused(workspace, ['run', 'api:image']);

    const lines = output.trimEnd().split('\n');
    const first = lines.findLastIndex((line) => /main\.go:4:2: undefined: greet$/.test(line));
    expect(lines[first + 1]).toMatch(/main\.go:4:8: undefined: nobody$/);
    expect(first).toBeGreaterThan(lines.length - 25);
  });

  it('and a go.mod that no longer parses is named with file and line', async () => {
    workspace.write('apps/api/go.mod', `${GO_MOD}\nrequire uuid\n`);

    expect(await refused(workspace, ['run', 'api:image'])).toContain('apps/api/go.mod:7');
  });
});

const GO_MOD = 'module example.com/api\n\ngo 1.26.0\n\ntoolchain go1.26.8\n';

describe('a workspace that has no plugin entry yet', () => {
  afterAll(removeWorkspaces);

  it('can name the executor in project.json all the same', async () => {
    const files = { 'apps/api/project.json': TARGET, 'apps/api/main.go': 'package main\n\nfunc main() {}\n' };
    const workspace = await createWorkspace({
      files: { ...files, 'apps/api/go.mod': GO_MOD, 'apps/api/Dockerfile': PLAIN_DOCKERFILE },
    });

    await mustSucceed(workspace, ['run', 'api:image']);

    expect(workspace.exists('dist/images/api/oci/index.json')).toBe(true);
  });
});
