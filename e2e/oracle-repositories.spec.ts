import { expectToHold } from './oracle/holds';
import { oracleReport } from './oracle/oracle';
import { publicWorkspace } from './oracle/public-modules';
import { REPOSITORIES } from './oracle/repositories';
import { removeWorkspaces } from './workspace/workspace';

jest.setTimeout(10 * 60_000);

describe('in public repositories, images are rebuilt where Go says so and nowhere else', () => {
  afterAll(removeWorkspaces);

  it.each(REPOSITORIES)('$repository', async ({ nxVersion, excuses, ...modules }) => {
    const version = process.env.ORACLE_NX ?? nxVersion;
    const workspace = await publicWorkspace(modules, version);

    expectToHold(await oracleReport(workspace, { perSort: 1, anyApp: true }), excuses, version);
  });
});
