import { containerdStore, requireDocker } from './docker/docker';
import { createPlainWorkspace } from './workspace/plain-image';
import { refused } from './workspace/refusal';
import { mustSucceed } from './workspace/set-up';
import { removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(5 * 60_000);

describe('nx run api:image-size refuses', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    await requireDocker(containerdStore);
    workspace = await createPlainWorkspace();
    await mustSucceed(workspace, ['run', 'api:image']);
  });
  afterAll(removeWorkspaces);

  it.each([
    ['a budget that is no size', '"12 Mo"', /image-budgets\.json:3: "12 Mo" is no size.*"12 MB"/],
    ['a budget of zero', '"0 MB"', /image-budgets\.json:3: "0 MB".*above zero/],
    ['a negative budget', '{ "unpacked": "-12 MB" }', /image-budgets\.json:3: "-12 MB".*above zero/],
    ['a number without a unit', '12', /image-budgets\.json:3: .*12/],
    ['a kind of size that it does not know', '{ "unpaked": "12 MB" }', /image-budgets\.json:3: .*"unpacked"/],
  ])('%s, with file and line', async (_what, budget, message) => {
    workspace.write('image-budgets.json', `{\n  "projects": {\n    "api": ${budget}\n  }\n}\n`);

    expect(await refused(workspace, ['run', 'api:image-size'])).toMatch(message);
  });

  it('a budget for no project, with the name that was meant', async () => {
    workspace.write('image-budgets.json', '{\n  "projects": {\n    "apy": "12 MB"\n  }\n}\n');

    expect(await refused(workspace, ['run', 'api:image-size'])).toMatch(
      /image-budgets\.json:3: .*"apy".*"api"/s,
    );
  });

  it('several mistakes, all at once', async () => {
    workspace.write(
      'image-budgets.json',
      '{\n  "default": "12 Mo",\n  "projects": {\n    "api": "0 MB"\n  }\n}\n',
    );

    const output = await refused(workspace, ['run', 'api:image-size']);

    expect(output).toContain('image-budgets.json:2');
    expect(output).toContain('image-budgets.json:4');
  });

  it('a file that is no JSON, with file and line', async () => {
    workspace.write('image-budgets.json', '{\n  "default": 12 MB\n}\n');

    expect(await refused(workspace, ['run', 'api:image-size'])).toMatch(/image-budgets\.json:2/);
  });

  it('--budget that is no size', async () => {
    workspace.remove('image-budgets.json');

    expect(await refused(workspace, ['run', 'api:image-size', '--budget=12 Mo'])).toMatch(
      /"12 Mo" is no size/,
    );
  });
});
