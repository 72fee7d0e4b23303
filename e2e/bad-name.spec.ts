import { containerdStore, requireDocker } from './docker/docker';
import { readSingleImage } from './images/layout';
import { createPlainWorkspace } from './workspace/plain-image';
import { stateOf } from './workspace/refusal';
import { mustSucceed } from './workspace/set-up';
import { removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(5 * 60_000);

describe('a project name is only ever a name', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    await requireDocker(containerdStore);
    workspace = await createPlainWorkspace();
  });
  afterAll(removeWorkspaces);

  it.each([
    ['a b', 'a%20b'],
    [`it's "mine"`, 'it%27s%20%22mine%22'],
    ['$(touch pwned)', '%24%28touch%20pwned%29'],
    ['${HOME}', '%24%7BHOME%7D'],
    ['..', '%2E%2E'],
    ['../../outside', '%2E.+..+outside'],
    ['-rf', '-rf'],
  ])('%s: its image lies in dist/images/%s', async (name, folder) => {
    workspace.write('apps/api/project.json', JSON.stringify({ name }));
    workspace.remove('dist');
    const before = stateOf(workspace);

    await mustSucceed(workspace, ['run-many', '-t', 'image-size']);

    const added = addedPaths(before.files, stateOf(workspace).files);
    const expected = [`dist/image-sizes/${folder}.json`, `dist/images/${folder}/image.json`];
    expect(added.filter((path) => !path.startsWith(`dist/images/${folder}/oci/`))).toEqual(expected);
    expect(stateOf(workspace).temporary).toEqual(before.temporary);
    expect(JSON.parse(workspace.read(`dist/images/${folder}/image.json`))).toMatchObject({ project: name });
    expect(readSingleImage(workspace.path('dist/images', folder)).platform).toBe('linux/amd64');
  });
});

function addedPaths(before: object, after: object): string[] {
  return Object.keys(after).filter((path) => !(path in before));
}
