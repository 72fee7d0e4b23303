import { expectToHold } from './oracle/holds';
import { EVERYDAY } from './oracle/layouts';
import { oracleReport } from './oracle/oracle';
import { createSetUpWorkspace } from './workspace/set-up';
import { removeWorkspaces } from './workspace/workspace';

jest.setTimeout(10 * 60_000);

describe.each(['22.7.12', '24.0.6'])('on Nx %s, images are rebuilt where Go says so', (nxVersion) => {
  afterAll(removeWorkspaces);

  it.each(EVERYDAY)('in a workspace with $layout', async ({ content, excuses }) => {
    const workspace = await createSetUpWorkspace({ ...content, nxVersion });

    expectToHold(await oracleReport(workspace, { perSort: 2 }), excuses, nxVersion);
  });
});
