import { refused } from './workspace/refusal';
import { mustSucceed } from './workspace/set-up';
import { createWorkspace, removeWorkspaces } from './workspace/workspace';

jest.setTimeout(5 * 60_000);
afterAll(removeWorkspaces);

const MAIN = 'package main\n\nfunc main() {}\n';
const goMod = (path: string) => `module example.com/${path}\n\ngo 1.26.0\n`;

async function registered(files: Record<string, string>) {
  const workspace = await createWorkspace({ files });
  await mustSucceed(workspace, ['g', 'go-docker:init']);
  await workspace.commit();
  return workspace;
}

describe('nx g go-docker:setup refuses', () => {
  it('a workspace without a Go app', async () => {
    const workspace = await registered({
      'libs/log/go.mod': goMod('log'),
      'libs/log/log.go': 'package log\n',
    });

    const output = await refused(workspace, ['g', 'go-docker:setup']);

    expect(output).toMatch(/no Go app/i);
    expect(output).toContain('package main');
  });

  it('a project that is not there, and names those that are', async () => {
    const workspace = await registered({ 'apps/api/go.mod': goMod('api'), 'apps/api/main.go': MAIN });

    const output = await refused(workspace, ['g', 'go-docker:setup', 'apy']);

    expect(output).toContain('apy');
    expect(output).toMatch(/\bapi\b/);
  });

  it('a go.mod that does not parse, with file and line', async () => {
    const workspace = await registered({ 'apps/api/go.mod': goMod('api'), 'apps/api/main.go': MAIN });
    workspace.write('apps/api/go.mod', `${goMod('api')}\nrequire (\n\tgithub.com/google/uuid\n)\n`);

    const output = await refused(workspace, ['g', 'go-docker:setup']);

    expect(output).toContain('apps/api/go.mod:6');
  });

  it('a go.work that names a folder without a module, with file and line', async () => {
    const workspace = await registered({
      'go.work': 'go 1.26.0\n\nuse (\n\t./apps/api\n\t./apps/gone\n)\n',
      'apps/api/go.mod': goMod('api'),
      'apps/api/main.go': MAIN,
    });

    const output = await refused(workspace, ['g', 'go-docker:setup']);

    expect(output).toContain('go.work:5');
    expect(output).toContain('apps/gone');
  });

  it('an import of a local package that has no Go files, with file and line', async () => {
    const workspace = await registered({
      'apps/api/go.mod': goMod('api'),
      'apps/api/main.go': 'package main\n\nimport _ "example.com/api/internal/gone"\n\nfunc main() {}\n',
    });

    const output = await refused(workspace, ['g', 'go-docker:setup']);

    expect(output).toContain('apps/api/main.go:3');
    expect(output).toContain('example.com/api/internal/gone');
  });

  it('a replace that leads out of the workspace, with file and line', async () => {
    const workspace = await registered({
      'apps/api/go.mod': `${goMod('api')}\nrequire example.com/log v1.0.0\n\nreplace example.com/log => ../../../log\n`,
      'apps/api/main.go': 'package main\n\nimport _ "example.com/log"\n\nfunc main() {}\n',
    });

    const output = await refused(workspace, ['g', 'go-docker:setup']);

    expect(output).toContain('apps/api/go.mod:7');
    expect(output).toMatch(
      /replace example\.com\/log => \.\.\/\.\.\/\.\.\/log.*out of the workspace.*context/,
    );
  });

  it.each([
    ['a space and a quote', `it's "mine"`],
    ['a command', '$(touch pwned)'],
    ['a variable', '${HOME}'],
    ['a backquote', '`id`'],
  ])('an app in a folder whose name holds %s', async (_what, folder) => {
    const workspace = await registered({
      [`apps/${folder}/go.mod`]: goMod('strange'),
      [`apps/${folder}/main.go`]: MAIN,
    });

    const output = await refused(workspace, ['g', 'go-docker:setup']);

    expect(output).toContain(`apps/${folder}`);
    expect(workspace.exists('pwned')).toBe(false);
  });

  it.each([
    ['--runner=windows', /distroless/],
    ['--port=99999', /65535/],
    ['--port=http', /port/],
    ['--assets=../secrets', /\.\.\/secrets/],
    ['--assets=apps/api/gone', /apps\/api\/gone/],
    ['--budget=12 Mo', /"12 Mo" is no size.*"12 MB"/],
    ['--budget=0 MB', /"0 MB".*above zero/],
    ['--budget=-1 MB', /"-1 MB".*above zero/],
    ['--goVersion=one', /one/],
  ])('%s', async (option, message) => {
    const workspace = await registered({ 'apps/api/go.mod': goMod('api'), 'apps/api/main.go': MAIN });

    expect(await refused(workspace, ['g', 'go-docker:setup', 'api', option])).toMatch(message);
  });
});
