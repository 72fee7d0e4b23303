import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseTxtar } from '../packages/go-workspace/spec/txtar';
import { ALL_EXCUSES, type ExcuseName } from './oracle/exceptions';
import { expectPrecise, unusedInAll } from './oracle/holds';
import { oracleReport } from './oracle/oracle';
import { repository } from './workspace/environment';
import { createSetUpWorkspace } from './workspace/set-up';
import { NX_VERSION } from './workspace/template';
import { removeWorkspaces } from './workspace/workspace';

jest.setTimeout(10 * 60_000);

/** The workspaces by which closures are compared with `go list`. */
const FIXTURES = join(repository, 'packages/go-workspace/spec/fixtures');
const ARCHIVES = readdirSync(FIXTURES)
  // No project may be called `web ui`.
  .map((name) => ({ name, text: readFileSync(join(FIXTURES, name), 'utf8').replaceAll('web ui', 'web-ui') }))
  .map(({ name, text }) => ({ name, archive: parseTxtar(text) }))
  // Go names a link, and not the file that it leads to: it cannot be asked whether that one matters.
  .filter(({ archive }) => archive.links.size === 0);

/** Other workspaces need all. */
const NOT_NEEDED: readonly ExcuseName[] = ['unreadable', 'unreadableByName', 'raisedVersion', 'leftOut'];
const EXCUSES = ALL_EXCUSES.filter((each) => !NOT_NEEDED.includes(each));

describe('in the workspaces that closures are tested by, images are rebuilt where Go says so and nowhere else', () => {
  const unused: (readonly string[])[] = [];
  afterAll(removeWorkspaces);

  it.each(ARCHIVES)('$name', async ({ archive }) => {
    const workspace = await createSetUpWorkspace({ files: Object.fromEntries(archive.files) });

    const observations = await oracleReport(workspace, { perSort: 1, anyApp: true });

    unused.push(expectPrecise(observations, EXCUSES, NX_VERSION));
  });

  it('and every excuse is needed in one of them', () => expect(unusedInAll(unused)).toEqual([]));
});
