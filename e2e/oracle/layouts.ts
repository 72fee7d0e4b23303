import { OF_NX, OWN_PROJECT, PROJECT_CONFIGURATION, type Exceptions } from './exceptions';
import { expectToHold } from './holds';
import { oracleReport } from './oracle';
import { createSetUpWorkspace } from '../workspace/set-up';
import { removeWorkspaces } from '../workspace/workspace';

jest.setTimeout(10 * 60_000);

const exceptions: Exceptions = {
  hash: [...OF_NX, ...PROJECT_CONFIGURATION],
  affected: [...OWN_PROJECT, 'edit nx.json of the workspace'],
};

describe('whatever changes, images are rebuilt where Go says so and nowhere else', () => {
  afterAll(removeWorkspaces);

  it.each<{ layout: string; copyOf: string; exceptions: Exceptions }>([
    {
      layout: 'go.work',
      copyOf: 'e2e/fixtures/work',
      exceptions: {
        // The worker's go.mod raises a version for the api: the image keeps that file, a remark in it included.
        hash: [...exceptions.hash, 'edit go.mod and go.sum of another app'],
        affected: [...exceptions.affected, 'edit go.mod and go.sum of another app'],
        unseen: ['delete go.work of the workspace', 'rename go.work of the workspace'],
      },
    },
    {
      layout: 'one go.mod',
      copyOf: 'e2e/fixtures/single',
      exceptions: {
        ...exceptions,
        unseen: ['delete go.mod and go.sum of the workspace', 'rename go.mod and go.sum of the workspace'],
      },
    },
  ])('in a workspace with $layout', async ({ copyOf, exceptions: expected }) => {
    const workspace = await createSetUpWorkspace({ copyOf });

    expectToHold(await oracleReport(workspace), expected);
  });
});
