import { createWorkspace, removeWorkspaces, type Workspace } from './workspace/workspace';
import { mustSucceed } from './workspace/set-up';

jest.setTimeout(5 * 60_000);
afterAll(removeWorkspaces);

const COMMENTED_NX_JSON = `{
  // Read by every command.
  "$schema": "./node_modules/nx/schemas/nx-schema.json",
  "analytics": false,    "neverConnectToCloud": true, // both on purpose
  "namedInputs": { "default": [ "{projectRoot}/**/*" ] },

      "defaultBase": "main"
}
`;

describe('nx g go-docker:init', () => {
  it('adds the plugin to nx.json and keeps its comments and formatting', async () => {
    const workspace = await createWorkspace({ files: { 'nx.json': COMMENTED_NX_JSON } });

    await mustSucceed(workspace, ['g', 'go-docker:init']);

    expect(await workspace.changes()).toEqual([' M nx.json']);
    const nxJson = workspace.read('nx.json');
    expect(nxJson).toMatch(/"plugins":\s*\[\s*"go-docker"\s*\]/);
    const withoutPlugins = nxJson.replace(/,\s*"plugins":\s*\[\s*"go-docker"\s*\]/, '');
    expect(withoutPlugins).toBe(COMMENTED_NX_JSON);
  });

  it('changes nothing the second time', async () => {
    const workspace = await createWorkspace({ files: { 'nx.json': COMMENTED_NX_JSON } });
    await mustSucceed(workspace, ['g', 'go-docker:init']);
    await workspace.commit();

    await mustSucceed(workspace, ['g', 'go-docker:init']);

    expect(await workspace.changes()).toEqual([]);
  });
});

describe.each([
  {
    layout: 'go.work with a module for each app',
    copyOf: 'e2e/fixtures/work',
    apps: { api: 'apps/api', worker: 'apps/worker' },
  },
  {
    layout: 'one go.mod at the root with several commands',
    copyOf: 'e2e/fixtures/single',
    apps: { a: 'cmd/a', b: 'cmd/b' },
  },
])('nx g go-docker:setup, $layout', ({ copyOf, apps }) => {
  const roots = Object.values(apps);
  const files = ['.air.toml', 'Dockerfile', 'Dockerfile.dockerignore', 'compose.yaml', 'project.json'];
  const written = [
    ...roots.flatMap((root) => files.map((file) => `?? ${root}/${file}`)),
    '?? compose.yaml',
  ].sort();
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await createWorkspace({ copyOf });
    await mustSucceed(workspace, ['g', 'go-docker:init']);
    await workspace.commit();
  });

  it('writes nothing in a dry run, and says what it would write', async () => {
    const output = await mustSucceed(workspace, ['g', 'go-docker:setup', '--dry-run']);

    for (const root of roots) expect(output).toContain(`CREATE ${root}/Dockerfile`);
    expect(await workspace.changes()).toEqual([]);
  });

  it('writes the files of every app', async () => {
    await mustSucceed(workspace, ['g', 'go-docker:setup']);

    expect((await workspace.changes()).sort()).toEqual(written);
    await workspace.commit();
  });

  it('gives every app its targets', async () => {
    for (const [name, root] of Object.entries(apps)) {
      const project = JSON.parse(await mustSucceed(workspace, ['show', 'project', name, '--json'])) as {
        root: string;
        targets: Record<string, { executor: string; cache?: boolean }>;
      };
      expect(project.root).toBe(root);
      expect(project.targets).toMatchObject({
        image: { executor: 'go-docker:image', cache: true },
        'image-size': { executor: 'go-docker:size', cache: true },
        'image-load': { executor: 'go-docker:load' },
        'image-push': { executor: 'go-docker:push' },
      });
      expect(project.targets['image-load']?.cache).not.toBe(true);
      expect(project.targets['image-push']?.cache).not.toBe(true);
    }
  });

  it('changes nothing the second time', async () => {
    await mustSucceed(workspace, ['g', 'go-docker:setup']);

    expect(await workspace.changes()).toEqual([]);
  });

  it('keeps what a person wrote outside the managed blocks', async () => {
    const dockerfile = `${roots[0]}/Dockerfile`;
    const ignoreFile = `${dockerfile}.dockerignore`;
    workspace.write(dockerfile, `# Ours, see the wiki.\n${workspace.read(dockerfile)}LABEL team="shop"\n`);
    workspace.write(ignoreFile, `${workspace.read(ignoreFile)}!LICENSE\n`);
    await workspace.commit();

    await mustSucceed(workspace, ['g', 'go-docker:setup']);

    expect(await workspace.changes()).toEqual([]);
  });

  it('renews a managed block and nothing else', async () => {
    const dockerfile = `${roots[1]}/Dockerfile`;
    const before = workspace.read(dockerfile);
    workspace.edit(dockerfile, 'go build -trimpath', 'go build');
    expect(await workspace.changes()).toEqual([` M ${dockerfile}`]);

    await mustSucceed(workspace, ['g', 'go-docker:setup']);

    expect(workspace.read(dockerfile)).toBe(before);
    expect(await workspace.changes()).toEqual([]);
  });
});

describe('nx g go-docker:setup, options', () => {
  let workspace: Workspace;

  beforeEach(async () => {
    workspace = await createWorkspace({
      copyOf: 'e2e/fixtures/work',
      files: { 'apps/api/static/index.html': '<p>hello</p>\n' },
    });
    await mustSucceed(workspace, ['g', 'go-docker:init']);
    await workspace.commit();
  });

  it('follows runner, port, assets and budget for the one project that was named', async () => {
    const options = ['--runner=scratch', '--port=8080', '--assets=apps/api/static', '--budget=15 MB'];
    await mustSucceed(workspace, ['g', 'go-docker:setup', 'api', ...options]);

    expect((await workspace.changes()).sort()).toEqual([
      '?? apps/api/.air.toml',
      '?? apps/api/Dockerfile',
      '?? apps/api/Dockerfile.dockerignore',
      '?? apps/api/compose.yaml',
      '?? apps/api/project.json',
      '?? compose.yaml',
      '?? image-budgets.json',
      '?? tools/go-docker/rootfs/etc/group',
      '?? tools/go-docker/rootfs/etc/passwd',
      '?? tools/go-docker/rootfs/etc/ssl/certs/ca-certificates.crt',
    ]);
    const dockerfile = workspace.read('apps/api/Dockerfile');
    expect(dockerfile).toMatch(/^FROM scratch AS runner$/m);
    expect(dockerfile).toMatch(/^EXPOSE 8080$/m);
    expect(dockerfile).toMatch(/^COPY .*apps\/api\/static/m);
    expect(JSON.parse(workspace.read('image-budgets.json'))).toMatchObject({
      projects: { api: { unpacked: '15 MB' } },
    });
  });

  it('keeps a Dockerfile that is not ours, and replaces it with --force', async () => {
    const foreign = 'FROM scratch AS runner\nCOPY api /api\n';
    workspace.write('apps/api/Dockerfile', foreign);
    await workspace.commit();

    const output = await mustSucceed(workspace, ['g', 'go-docker:setup', 'api']);
    expect(workspace.read('apps/api/Dockerfile')).toBe(foreign);
    expect(output).toMatch(/apps\/api\/Dockerfile.*\n?.*--force/);

    await mustSucceed(workspace, ['g', 'go-docker:setup', 'api', '--force']);
    expect(workspace.read('apps/api/Dockerfile')).toMatch(/^# go-docker:begin builder/m);
    expect(workspace.read('apps/api/Dockerfile')).not.toContain('COPY api /api');
  });

  it('adds no project.json where Nx has the project already', async () => {
    const mine = '{ "name": "storefront" }\n';
    workspace.write('apps/api/project.json', mine);
    await workspace.commit();

    await mustSucceed(workspace, ['g', 'go-docker:setup', 'storefront']);

    expect((await workspace.changes()).sort()).toEqual([
      '?? apps/api/.air.toml',
      '?? apps/api/Dockerfile',
      '?? apps/api/Dockerfile.dockerignore',
      '?? apps/api/compose.yaml',
      '?? compose.yaml',
    ]);
    expect(workspace.read('apps/api/project.json')).toBe(mine);
  });

  it('explains its options', async () => {
    const help = await mustSucceed(workspace, ['g', 'go-docker:setup', '--help']);

    for (const option of [
      'runner',
      'port',
      'assets',
      'budget',
      'depsCache',
      'goVersion',
      'platforms',
      'force',
    ]) {
      expect(help).toContain(`--${option}`);
    }
    expect(help).toContain('distroless');
  });
});
