import { expectToHold } from './oracle/holds';
import { EVERYDAY, OTHERS } from './oracle/layouts';
import { oracleReport } from './oracle/oracle';
import { createSetUpWorkspace } from './workspace/set-up';
import { removeWorkspaces } from './workspace/workspace';

jest.setTimeout(10 * 60_000);

describe('whatever changes, images are rebuilt where Go says so and nowhere else', () => {
  afterAll(removeWorkspaces);

  it.each([...EVERYDAY, ...OTHERS])('in a workspace with $layout', async ({ content, sampling, excuses }) => {
    const workspace = await createSetUpWorkspace(content);

    expectToHold(await oracleReport(workspace, sampling), excuses);
  });
});
