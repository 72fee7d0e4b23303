import { execFileSync } from 'node:child_process';
import { neutralEnvironment } from './workspace/environment';
import { refused } from './workspace/refusal';
import { createSetUpWorkspace, mustSucceed } from './workspace/set-up';
import { tasksRun } from './workspace/tasks';
import { removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(10 * 60_000);

const SIZES = 'apps/api/image-size.json';
const SIZE = ['run', 'api:image-size'];
/** Images are built without Docker, and Nx is told nothing else. */
const NX_JSON = `{
  "plugins": [{ "plugin": "go-docker", "options": { "engine": "native" } }],
  "analytics": false,
  "neverConnectToCloud": true
}
`;

/** The library of both apps, with a package of the standard library and one of an external module that neither has had. */
const GROWN = `package log

import (
	"encoding/xml"
	"strings"
)

// Line is one line of a log.
func Line(app, text string) string {
	out, _ := xml.Marshal(struct{ Text string }{strings.TrimSpace(text)})
	return app + ": " + string(out) + "\\n"
}
`;

// What growth means to Nx differs from one major version to the next: how it hashes, and what a plugin can tell it before.
describe.each([undefined, '22.7.12', '24.0.6'])('image-size.json, on Nx %s', (nxVersion) => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await createSetUpWorkspace(
      { copyOf: 'e2e/fixtures/work', files: { 'nx.json': NX_JSON }, nxVersion },
      ['--runner=scratch', '--dev=false'],
    );
    await mustSucceed(workspace, [...SIZE, '--update']);
    await workspace.commit();
  });
  afterAll(removeWorkspaces);
  afterEach(() => {
    workspace.remove('image-budgets.json');
    git('reset', '--quiet', '--hard', 'main');
  });

  const git = (...args: readonly string[]) =>
    execFileSync('git', args, { cwd: workspace.root, env: neutralEnvironment(), encoding: 'utf8' }).trim();

  it('says what the image is, by platform, package and file', () => {
    const { version, project, images } = JSON.parse(workspace.read(SIZES));
    const [built] = JSON.parse(workspace.read('dist/images/api/image.json')).images;
    expect({ version, project, platforms: Object.keys(images) }).toEqual({
      ...{ version: 1, project: 'api', platforms: ['linux/amd64'] },
    });
    const image = images['linux/amd64'];
    expect(image.unpacked.total).toBe(built.unpackedBytes);
    expect(image.compressed.total).toBe(built.compressedBytes);
    expect(image.layers).toBe(built.layers.length);
    expect(image.files['/usr/local/bin/api']).toBe(image.binary);
    expect(image.packages.runtime).toBeGreaterThan(100_000);
    expect(Object.keys(image.modules)).toContainEqual(
      expect.stringMatching(/^github.com\/google\/uuid@v1\./),
    );
  });

  it('is written anew whatever Nx has in its cache, and rebuilds nothing', async () => {
    for (let times = 0; times < 2; times += 1) {
      workspace.write(SIZES, '{}');
      expect(tasksRun(await mustSucceed(workspace, [...SIZE, '--update']))).toEqual(['api:image-size']);
      expect(await workspace.changes()).toEqual([]);
    }
  });

  it('is what an image may grow from, and a breach names the package that came in', async () => {
    workspace.write('image-budgets.json', '{\n  "projects": {\n    "api": { "growth": "5%" }\n  }\n}\n');
    const output = await mustSucceed(workspace, SIZE);
    expect(output).toMatch(/growth .* 0 +5% +░{10} 0%/);
    expect(tasksRun(await mustSucceed(workspace, SIZE))).toEqual([]);

    workspace.write('libs/log/log.go', GROWN);
    const { exitCode, output: breach } = await workspace.nx(SIZE);
    expect(exitCode).toBe(1);
    expect(breach).toMatch(
      /api for linux\/amd64 grew by \S+ [kM]B \([\d.]+%\), .* more than its budget allows/,
    );
    expect(breach).toContain('image-budgets.json:3, "api"');
    expect(breach).toMatch(
      /What grew since apps\/api\/image-size.json:\n(.*\n)* +\+.* package +encoding\/xml/,
    );
    expect(breach).toContain('nx run api:image-size --update');

    await mustSucceed(workspace, [...SIZE, '--update']);
    await mustSucceed(workspace, SIZE);
  });

  it('counts as it stood at a commit, with the commit that a name is of now', async () => {
    workspace.write('libs/log/log.go', GROWN);
    await mustSucceed(workspace, [...SIZE, '--update']);
    await workspace.commit();
    git('branch', '--force', 'release', 'HEAD~1');
    const change = (output: string) => /unpacked(?: +\S+ [kM]?B){3} +(\S+)/.exec(output)?.[1];

    const grown = await mustSucceed(workspace, [...SIZE, '--base=HEAD~1']);
    expect(change(grown)).toMatch(/^\+\d/);
    expect(grown).toMatch(/image-size.json at HEAD~1:\n(.*\n)* +\+.* package +encoding\/xml, new/);
    expect(change(await mustSucceed(workspace, [...SIZE, '--base=release']))).toBe(change(grown));
    expect(tasksRun(await mustSucceed(workspace, [...SIZE, '--base=release']))).toEqual([]);
    git('branch', '--force', 'release', 'HEAD');
    expect(change(await mustSucceed(workspace, [...SIZE, '--base=release']))).toBe('0');
    const affected = [
      'affected',
      '-t',
      'image-size',
      '--base=HEAD~1',
      '--output-style=static',
      '--',
      '--base=HEAD~1',
    ];
    expect(change(await mustSucceed(workspace, affected))).toBe(change(grown));
    // Before the file was there.
    expect(change(await mustSucceed(workspace, [...SIZE, '--base=HEAD~2']))).toBe('new');

    git('reset', '--quiet', '--hard', 'HEAD~1');
  });

  it('is not read from where it cannot be', async () => {
    await mustSucceed(workspace, ['run', 'api:image']);
    expect(await refused(workspace, [...SIZE, '--base=nowhere'])).toContain(
      '--base: there is no commit "nowhere" in this repository',
    );
    workspace.write(SIZES, `{\n<<<<<<< HEAD\n}\n`);
    expect(await refused(workspace, SIZE)).toContain(`${SIZES}:2: it has the markers of a merge`);
  });

  it('does not let Nx answer from its cache what a configuration asks', async () => {
    workspace.write(
      'apps/api/project.json',
      '{ "name": "api", "targets": { "image-size": { "options": { "base": "main" } } } }\n',
    );
    expect(await refused(workspace, SIZE)).toContain('Nx does not know which commit "main" is');
  });
});
