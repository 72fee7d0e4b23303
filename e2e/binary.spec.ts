import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { containerdStore, requireDocker } from './docker/docker';
import { binaryPath, fileOf, readSingleImage } from './images/layout';
import { goEnvironment } from './workspace/environment';
import { succeed } from './workspace/program';
import { createSetUpWorkspace, mustSucceed } from './workspace/set-up';
import { removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(10 * 60_000);

describe('the binary in the image', () => {
  let workspace: Workspace;
  let directory: string;
  let fromImage: string;
  let fromHost: string;

  beforeAll(async () => {
    await requireDocker(containerdStore);
    workspace = await createSetUpWorkspace({ copyOf: 'e2e/fixtures/work' });
    await mustSucceed(workspace, ['run', 'api:image']);
    directory = mkdtempSync(join(tmpdir(), 'gd-binary-'));
    fromImage = await takeBinary(workspace, directory);
    fromHost = await buildOnHost(workspace, directory, await goVersionOf(fromImage));
  });
  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
    removeWorkspaces();
  });

  it('links the module versions that the whole workspace selects, not those of its own go.mod', async () => {
    // apps/api asks for v1.4.0, apps/worker for v1.6.0, and go.work holds both.
    expect(workspace.read('apps/api/go.mod')).toContain('github.com/google/uuid v1.4.0');
    const linked = await linkedModules(fromImage);

    expect(linked).toContainEqual(expect.stringMatching(/^dep\s+github\.com\/google\/uuid\s+v1\.6\.0\s+h1:/));
    expect(linked).toEqual(await linkedModules(fromHost));
  });

  it('equals, byte for byte, what `go build` makes of the whole workspace with the same flags', () => {
    expect(readFileSync(fromImage).equals(readFileSync(fromHost))).toBe(true);
  });

  it('is static and without symbols', async () => {
    const symbols = await succeed('go', ['tool', 'nm', fromImage], { env: goEnvironment() }).catch(String);
    expect(symbols).toContain('no symbol');
    const settings = await succeed('go', ['version', '-m', fromImage], { env: goEnvironment() });
    expect(settings).toMatch(/build\s+CGO_ENABLED=0/);
    expect(settings).toMatch(/build\s+-trimpath=true/);
  });
});

async function takeBinary(workspace: Workspace, directory: string): Promise<string> {
  const image = readSingleImage(workspace.path('dist/images/api'));
  const file = join(directory, 'from-image');
  writeFileSync(file, await fileOf(image, binaryPath(image)));
  chmodSync(file, 0o755);
  return file;
}

/** For example `go1.26.8`: the image's Go, which need not be the host's. */
async function goVersionOf(binary: string): Promise<string> {
  const said = await succeed('go', ['version', binary], { env: goEnvironment() });
  return /go\d+\.\d+(\.\d+)?$/.exec(said.trim())?.[0] ?? '';
}

async function buildOnHost(workspace: Workspace, directory: string, goVersion: string): Promise<string> {
  const file = join(directory, 'from-host');
  const flags = ['-trimpath', '-buildvcs=false', '-ldflags=-s -w'];
  await succeed('go', ['build', ...flags, '-o', file, './apps/api'], {
    cwd: workspace.root,
    env: { ...goEnvironment(), GOTOOLCHAIN: goVersion, CGO_ENABLED: '0', GOOS: 'linux', GOARCH: 'amd64' },
  });
  return file;
}

async function linkedModules(binary: string): Promise<string[]> {
  const said = await succeed('go', ['version', '-m', binary], { env: goEnvironment() });
  return said.split('\n').flatMap((line) => (/^\t(mod|dep|=>)/.test(line) ? [line.trim()] : []));
}
