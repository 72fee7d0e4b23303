import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustSucceed } from './workspace/set-up';
import { snapshot } from './workspace/snapshot';
import { LINKS, tellingGo } from './workspace/telling-go';
import { createWorkspace, removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(10 * 60_000);

describe('what the engine native keeps from one build to the next', () => {
  let workspace: Workspace;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    workspace = await createWorkspace({ copyOf: 'examples/shop' });
    await mustSucceed(workspace, ['g', 'go-docker:setup', '--dev=false', '--runner=scratch']);
    env = await tellingGo(workspace);
  });
  afterAll(removeWorkspaces);

  it('spares the linking of an unchanged program, and nothing of the image is another', async () => {
    const first = await build();
    expect(first).toContain(LINKS);
    const image = snapshot(workspace.path('dist/images/worker'));
    expect(await build()).not.toContain(LINKS);
    expect(snapshot(workspace.path('dist/images/worker'))).toEqual(image);
    expect(await build({}, ['--noCache'])).toContain(LINKS);
    expect(snapshot(workspace.path('dist/images/worker'))).toEqual(image);
  });

  it('is not taken where it was changed, whatever its build ID says', async () => {
    await build();
    const image = snapshot(workspace.path('dist/images/worker'));
    for (const what of ['programs', 'layers']) {
      const folder = workspace.path('caches/go-docker', what);
      for (const name of readdirSync(folder)) damage(join(folder, name));
    }
    expect(await build()).toContain(LINKS);
    expect(snapshot(workspace.path('dist/images/worker'))).toEqual(image);
  });

  it('gives way to what a change makes, as a build from nothing makes it', async () => {
    await build();
    const before = snapshot(workspace.path('dist/images/worker'));
    workspace.edit('apps/worker/cmd/worker/main.go', 'func main() {', 'func main() {\n\tprintln("changed")');
    expect(await build()).toContain(LINKS);
    const changed = snapshot(workspace.path('dist/images/worker'));
    expect(changed).not.toEqual(before);
    await build({ XDG_CACHE_HOME: workspace.path('other-caches') });
    expect(snapshot(workspace.path('dist/images/worker'))).toEqual(changed);
  });

  async function build(more: NodeJS.ProcessEnv = {}, flags: readonly string[] = []): Promise<string> {
    const args = ['run', 'worker:image', '--engine=native', '--skip-nx-cache', '--output-style=static'];
    return mustSucceed(workspace, [...args, ...flags], {
      ...env,
      XDG_CACHE_HOME: workspace.path('caches'),
      ...more,
    });
  }
});

/** Changes one byte in the middle. */
function damage(file: string): void {
  const bytes = readFileSync(file);
  const at = bytes.length >> 1;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}
