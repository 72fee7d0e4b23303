import { readdirSync, truncateSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSetUpWorkspace, mustSucceed } from './workspace/set-up';
import { removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(5 * 60_000);
afterAll(removeWorkspaces);

const KEPT = '.nx/workspace-data/go-docker-graph.json';
/** What was changed less than two seconds ago is not kept. */
const untilSettled = () => sleep(2_500);

/** Everything that Nx says of the workspace. */
async function graph(workspace: Workspace, file: string): Promise<unknown> {
  await mustSucceed(workspace, ['graph', `--file=dist/${file}`]);
  return JSON.parse(workspace.read(`dist/${file}`));
}

describe.each(['22.7.12', '23.2.1', '24.0.6'])('what is kept of a graph on Nx %s', (nxVersion) => {
  let workspace: Workspace;
  let before: unknown;
  const keep = async () => {
    await untilSettled();
    await graph(workspace, 'kept.json');
  };

  beforeAll(async () => {
    workspace = await createSetUpWorkspace({ copyOf: 'e2e/fixtures/work', nxVersion });
    await mustSucceed(workspace, ['reset']);
    workspace.write('dist/empty', '');
    before = await graph(workspace, 'before.json');
    await keep();
  });

  it('gives the same graph again, and is what it is made from', async () => {
    expect(await graph(workspace, 'again.json')).toEqual(before);
    workspace.edit(KEPT, '"image-load"', '"from-before"');
    expect(JSON.stringify(await graph(workspace, 'spoilt.json'))).toContain('"from-before"');
  });

  it('is not used after a change, however it comes to be', async () => {
    workspace.edit('apps/worker/main.go', 'import (', 'import (\n\t_ "example.com/work/mark"');
    workspace.write('libs/mark/go.mod', 'module example.com/work/mark\n\ngo 1.26.0\n');
    workspace.write('libs/mark/mark.go', 'package mark\n');
    workspace.edit('go.work', './libs/queue', './libs/queue\n\t./libs/mark');
    const changed = JSON.stringify(await graph(workspace, 'changed.json'));
    expect(changed).toContain('libs/mark');
    expect(changed).not.toContain('"from-before"');
    workspace.edit('apps/worker/main.go', '\t_ "example.com/work/mark"\n', '');
    workspace.remove('libs/mark');
    workspace.edit('go.work', '\n\t./libs/mark', '');
    expect(await graph(workspace, 'back.json')).toEqual(before);
  });

  it('may be written by several processes at once, and be cut off', async () => {
    workspace.remove('.nx/workspace-data');
    await untilSettled();
    const four = await Promise.all([1, 2, 3, 4].map((each) => graph(workspace, `at-once-${each}.json`)));
    expect(four).toEqual([before, before, before, before]);
    const kept = readdirSync(workspace.path('.nx/workspace-data')).filter((name) =>
      name.startsWith('go-docker-'),
    );
    expect(kept.sort()).toEqual(['go-docker-go-files.json', 'go-docker-graph.json']);
    expect(() => JSON.parse(workspace.read(KEPT))).not.toThrow();

    truncateSync(workspace.path(KEPT), 1000);
    expect(await graph(workspace, 'cut-off.json')).toEqual(before);
    expect(() => JSON.parse(workspace.read(KEPT))).not.toThrow();
  });

  it('serves the daemon as it does a command', async () => {
    const daemon = { NX_DAEMON: 'true', CI: 'false' };
    const shown = async () => mustSucceed(workspace, ['show', 'project', 'api', '--json'], daemon);
    try {
      const first = await shown();
      expect(await shown()).toBe(first);
      workspace.edit('nx.json', '"neverConnectToCloud"', '"targetDefaults": {},\n  "neverConnectToCloud"');
      workspace.write('apps/api/assets/new.txt', '');
      expect(JSON.parse(await shown()).targets.image.inputs).toEqual(JSON.parse(first).targets.image.inputs);
    } finally {
      await mustSucceed(workspace, ['daemon', '--stop'], daemon);
    }
  });
});
