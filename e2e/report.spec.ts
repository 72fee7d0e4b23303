import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Ajv from 'ajv';
import { succeed } from './workspace/program';
import { createSetUpWorkspace, mustSucceed } from './workspace/set-up';
import { removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(10 * 60_000);

/** No engine answers there: the images are built natively, on nothing. */
const NO_DOCKER = { DOCKER_HOST: 'unix:///nowhere/docker.sock' };

const MONEY = 'libs/money/money.go';

describe('npx go-docker report', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await createSetUpWorkspace({ copyOf: 'examples/shop' }, ['--runner=scratch']);
    await measure();
  });
  afterAll(removeWorkspaces);

  const measure = (...options: readonly string[]) =>
    mustSucceed(workspace, ['run-many', '-t', 'image-size', ...options], NO_DOCKER);
  const program = () => join(workspace.root, 'node_modules/.bin/go-docker');
  const report = async (...args: readonly string[]) =>
    succeed(program(), ['report', ...args], { cwd: workspace.root });

  it('shows every image that was measured, in a form that its JSON schema takes', async () => {
    expect(await report()).toMatch(/3 images\nlinux\/amd64: 3 together \d/);
    const json = JSON.parse(await report('--format=json'));
    const schema = resolve(
      workspace.root,
      'node_modules/go-docker/dist/workspace-report/workspace-report.schema.json',
    );
    const validate = new Ajv().compile(JSON.parse(readFileSync(schema, 'utf8')));
    expect(validate(json) ? [] : validate.errors).toEqual([]);
    const [{ project, platforms }] = json.images;
    expect(project).toBe('api');
    const list = ['list', '-deps', '-tags=timetzdata', './apps/api'];
    const env = { ...process.env, CGO_ENABLED: '0' };
    const listed = new Set((await succeed('go', list, { cwd: workspace.root, env })).split('\n'));
    const packages: { importPath: string }[] = platforms[0].programs[0].breakdown.packages;
    expect(packages.length).toBeGreaterThan(100);
    expect(packages.filter(({ importPath }) => !listed.has(importPath))).toEqual([]);
  });

  it('writes one page that needs nothing else', async () => {
    await report('--output=dist/images.html');
    const page = readFileSync(workspace.path('dist/images.html'), 'utf8');
    expect(page).not.toMatch(/\b(?:src|href)=/);
    expect(page).toContain('github.com/');
  });

  it('names what grew since the sizes were committed, and remembers what was', async () => {
    await measure('--update');
    await workspace.commit();
    workspace.edit(MONEY, '\t"fmt"\n', '\t"fmt"\n\t_ "net/http/pprof"\n');
    await measure();
    const text = await report('--format=markdown');
    expect(text).toMatch(/\| <code>api<\/code> \| .* \| \+\d/);
    expect(text).toMatch(/\| \+[\d.]+ kB \| package \| <code>runtime\/pprof<\/code> \(not named before\) \|/);
    const { images } = JSON.parse(await report('--format=json'));
    expect(images[0].history).toHaveLength(1);
    expect(images[0].history[0].commit).toBe(
      (await succeed('git', ['rev-parse', 'HEAD'], { cwd: workspace.root })).trim(),
    );
  });
});
