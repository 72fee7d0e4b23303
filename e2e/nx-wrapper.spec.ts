import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type GithubApi, startGithubApi } from './pipeline/github-api';
import { runJob, type Workflow } from './pipeline/workflow';
import { neutralEnvironment, repository } from './workspace/environment';
import { succeed } from './workspace/program';
import { mustSucceed } from './workspace/set-up';
import { NX_VERSION } from './workspace/template';
import { createWorkspace, removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(10 * 60_000);

const PACKED = join(repository, 'dist/npm');
const FILE = '.github/workflows/images.yml';

/** What `nx init` makes of a repository without package.json: Nx and its plugins lie in .nx/installation. */
describe('a workspace without package.json', () => {
  let workspace: Workspace;
  let api: GithubApi;
  const environment = () => ({ ...neutralEnvironment(), npm_config_prefer_offline: 'true' });
  const nx = (...args: readonly string[]) =>
    succeed(process.execPath, ['.nx/nxw.js', ...args], {
      cwd: workspace.root,
      timeoutMs: 5 * 60_000,
      env: { ...environment(), TMPDIR: workspace.temporary },
    });

  beforeAll(async () => {
    api = await startGithubApi();
    workspace = await createWorkspace({ copyOf: 'e2e/fixtures/work' });
    for (const file of ['package.json', 'package-lock.json', 'nx.json']) workspace.remove(file);
    await mustSucceed(workspace, ['init', '--useDotNxInstallation', '--interactive=false', '--nxCloud=skip']);
    workspace.remove('node_modules');
    const tarballs = readdirSync(PACKED).map((name): [string, string] => [
      name.replace(/^go-docker-(?=[a-z])/, '@go-docker/').replace(/-\d.*$/, ''),
      `file:${join(PACKED, name)}`,
    ]);
    const plugins = Object.fromEntries([...tarballs, ['@nx/devkit', NX_VERSION]]);
    const nxJson = { installation: { version: NX_VERSION, plugins }, neverConnectToCloud: true };
    workspace.write('nx.json', JSON.stringify(nxJson, undefined, 2));
    workspace.write('.gitignore', 'dist/\n.nx/*\n!.nx/nxw.js\n');
  });
  afterAll(async () => {
    await api?.stop();
    removeWorkspaces();
  });

  it('is set up, and its editors find the schemas', async () => {
    await nx('g', 'go-docker:setup', '--runner=scratch');
    await nx('g', 'go-docker:setup', 'api', '--budget=25 MB');
    await nx('run', 'api:image-size', '--update');
    for (const file of ['image-budgets.json', 'apps/api/image-size.json']) {
      const { $schema } = JSON.parse(workspace.read(file)) as { $schema: string };
      expect($schema).toContain('.nx/installation/node_modules/');
      expect(workspace.exists(join(file, '..', $schema))).toBe(true);
    }
  });

  it('gets a pipeline that installs and starts Nx by its wrapper', async () => {
    await nx('g', 'go-docker:ci', '--provider=github', '--mainBranch=main');
    await workspace.commit();
    for (const folder of ['.nx/installation', '.nx/cache', '.nx/workspace-data', 'dist'])
      workspace.remove(folder);
    const sha = await succeed('git', ['rev-parse', 'HEAD'], { cwd: workspace.root, env: environment() });
    const github = { event_name: 'push', ref: 'refs/heads/main', sha: sha.trim(), repository: 'acme/shop' };
    const { ran, output } = await runJob(
      workspace,
      parse(workspace.read(FILE)) as Workflow,
      'images',
      { github },
      {
        ...api.environment,
        npm_config_prefer_offline: 'true',
        GITHUB_REPOSITORY: 'acme/shop',
        GITHUB_EVENT_NAME: 'push',
        GITHUB_REF_NAME: 'main',
        GITHUB_BASE_REF: '',
        GITHUB_WORKFLOW_REF: `acme/shop/${FILE}@refs/heads/main`,
      },
    );
    expect(ran).toEqual(expect.arrayContaining(['Install packages', 'Report']));
    expect(output).toContain('engine: native (as GO_DOCKER_ENGINE says)');
    expect(readdirSync(workspace.path('dist/images')).sort()).toEqual(['api', 'worker']);
    expect(workspace.read('dist/image-report.md')).toContain('<code>api</code>');
  });
});
