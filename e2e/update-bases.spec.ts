import { pathToFileURL } from 'node:url';
import { type Registry, startRegistry } from './docker/registry';
import { refused } from './workspace/refusal';
import { createSetUpWorkspace, mustSucceed } from './workspace/set-up';
import { removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(5 * 60_000);

describe('nx g go-docker:update-bases', () => {
  let workspace: Workspace;
  let registry: Registry;
  /** The workspace's Go modules are not asked for: a folder of versions that nobody has released serves. */
  let env: NodeJS.ProcessEnv;
  const dockerfile = () => workspace.read('apps/api/Dockerfile');

  beforeAll(async () => {
    registry = await startRegistry();
    workspace = await createSetUpWorkspace({ copyOf: 'e2e/fixtures/work' }, ['--runner=scratch']);
    env = { GOPROXY: pathToFileURL(workspace.path('.proxy')).href };
    const lists = {
      'golang.org/toolchain': [
        'v0.0.1-go1.26.98.linux-amd64',
        'v0.0.1-go1.26.99.linux-amd64',
        'v0.0.1-go1.27.1.linux-amd64',
      ],
      'github.com/air-verse/air': ['v1.999.0', 'v2.0.0-rc.1'],
    };
    for (const [module, versions] of Object.entries(lists)) {
      workspace.write(`.proxy/${module}/@v/list`, versions.join('\n'));
    }
    workspace.edit(
      'apps/api/Dockerfile',
      'FROM scratch AS runner',
      `FROM ${registry.address}/base:1 AS runner`,
    );
    workspace.edit('tools/go-docker/rootfs/etc/ssl/certs/ca-certificates.crt', /# ISRG Root X1\n[^#]*/, '');
    await workspace.commit();
  });

  afterAll(async () => {
    await registry.stop();
    removeWorkspaces();
  });

  it('shows in a dry run what would move, and writes nothing', async () => {
    await registry.push('base', '1', 'first');

    const output = await mustSucceed(workspace, ['g', 'go-docker:update-bases', '--dry-run'], env);

    expect(output).toMatch(/^Go +1\.26\.8 +1\.26\.99 /m);
    expect(await workspace.changes()).toEqual([]);
  });

  it('moves what it can, says what it cannot, and fails then', async () => {
    const digest = await registry.push('base', '1', 'first');

    const { exitCode, output } = await workspace.nx(['g', 'go-docker:update-bases'], { env });

    expect(exitCode).toBe(1);
    expect(output).toMatch(/^Go +1\.26\.8 +1\.26\.99 +apps\/api\/Dockerfile, apps\/worker\/Dockerfile$/m);
    expect(output).toMatch(/^air +v\d+\.\d+\.\d+ +v1\.999\.0 /m);
    expect(output).toMatch(/^root certificates +\d+ +\d+, as Node /m);
    // No registry has this release.
    expect(output.match(/^Not moved: The digest of golang:1\.26\.99 is not known: /gm)).toHaveLength(1);
    expect(dockerfile()).toMatch(
      /^# go-docker:begin base goVersion=1\.26\.99\n.* golang:1\.26\.99 AS base$/m,
    );
    expect(dockerfile()).toContain('github.com/air-verse/air@v1.999.0');
    expect(dockerfile()).toContain(`\nFROM ${registry.address}/base:1@${digest} AS runner\n`);
    expect(workspace.read('tools/go-docker/rootfs/etc/ssl/certs/ca-certificates.crt')).toContain(
      '# ISRG Root X1\n',
    );
    await mustSucceed(workspace, ['sync:check']);
    await workspace.commit();
  });

  it('finds everything current the second time, until a tag is moved', async () => {
    const rest = ['g', 'go-docker:update-bases', '--only=go,tools,certificates'];
    expect(await mustSucceed(workspace, rest, env)).toContain('Everything that was asked for is current.');
    expect(await workspace.changes()).toEqual([]);

    const digest = await registry.push('base', '1', 'second');
    await workspace.nx(['g', 'go-docker:update-bases', '--only=digests'], { env });
    expect(dockerfile()).toContain(`\nFROM ${registry.address}/base:1@${digest} AS runner\n`);
    expect(await workspace.changes()).toEqual([' M apps/api/Dockerfile']);
    await workspace.commit();
  });

  it('refuses a Go release that is not there, and names what can be moved', async () => {
    expect(await refused(workspace, ['g', 'go-docker:update-bases', '--go=1.26.100'], env)).toMatch(
      /There is no release 1\.26\.100 of Go\s+→ The newest one of its series is 1\.26\.99\./,
    );
    expect(await refused(workspace, ['g', 'go-docker:update-bases', '--only=tags'], env)).toMatch(
      /--only=tags is nothing that can be moved\s+→ choose of digests, go, tools, certificates/,
    );
  });
});
