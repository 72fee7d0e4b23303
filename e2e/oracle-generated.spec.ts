import { ALL_EXCUSES, type ExcuseName } from './oracle/exceptions';
import { generate } from './oracle/generated/generate';
import { expectPrecise, unusedInAll } from './oracle/holds';
import { oracleReport } from './oracle/oracle';
import { createSetUpWorkspace } from './workspace/set-up';
import { removeWorkspaces } from './workspace/workspace';

jest.setTimeout(10 * 60_000);

/** More by hand: `ORACLE_SEEDS=100-150`, and all of them on one Nx with `ORACLE_NX=24.0.6`. */
const { ORACLE_SEEDS, ORACLE_NX } = process.env;
const isByHand = ORACLE_SEEDS !== undefined || ORACLE_NX !== undefined;
const [first = 1, last = first] = (ORACLE_SEEDS ?? '1-6').split('-').map(Number);
const VERSIONS = ['22.7.12', '23.2.1', '24.0.6'];
const WORKSPACES = Array.from({ length: last - first + 1 }, (_, index) => {
  const seed = first + index;
  const nxVersion = ORACLE_NX ?? VERSIONS[seed % VERSIONS.length] ?? '';
  return { seed, nxVersion, ...generate(seed) };
});

/** Other workspaces need all. */
const NOT_NEEDED: readonly ExcuseName[] = ['unreadableByName', 'raisedVersion'];
const EXCUSES = ALL_EXCUSES.filter((each) => isByHand || !NOT_NEEDED.includes(each));

describe('in generated workspaces, images are rebuilt where Go says so and nowhere else', () => {
  const unused: (readonly string[])[] = [];
  afterAll(removeWorkspaces);

  it.each(WORKSPACES)('seed $seed: $layout, on Nx $nxVersion', async ({ files, nxVersion }) => {
    const workspace = await createSetUpWorkspace({ files, nxVersion });

    const observations = await oracleReport(workspace, { perSort: 1 });

    unused.push(expectPrecise(observations, EXCUSES, nxVersion));
  });

  // What a few seeds show is not what any few would.
  if (!isByHand) {
    it('and every excuse is needed in one of them', () => expect(unusedInAll(unused)).toEqual([]));
  }
});
