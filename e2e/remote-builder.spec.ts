import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBuildKit, type BuildKit } from './docker/buildkit';
import {
  containerdStore,
  dockerSucceeds,
  keepTrack,
  removeDockerThings,
  requireDocker,
} from './docker/docker';
import { startRegistry, type Registry } from './docker/registry';
import { refused } from './workspace/refusal';
import { createSetUpWorkspace, mustSucceed } from './workspace/set-up';
import { snapshot, type Snapshot } from './workspace/snapshot';
import { removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(15 * 60_000);

const PLATFORMS = '--platforms=linux/amd64,linux/arm64';
const BASES = ['golang:1.26.8', 'gcr.io/distroless/static-debian13:nonroot'];

describe('a BuildKit that is elsewhere', () => {
  let workspace: Workspace;
  let registry: Registry;
  let first: BuildKit;
  let second: BuildKit;
  let local: Snapshot;
  let buildxConfig: string;
  /** No Docker engine answers there: the builders need none. */
  let env: Record<string, string>;

  beforeAll(async () => {
    await requireDocker(containerdStore);
    buildxConfig = mkdtempSync(join(tmpdir(), 'gd-buildx-'));
    env = { DOCKER_HOST: 'unix:///nowhere/docker.sock', BUILDX_CONFIG: buildxConfig };
    registry = await startRegistry();
    for (const image of BASES) await mirror(image, registry);
    first = await startBuildKit(registry.address);
    second = await startBuildKit(registry.address);
    await docker('buildx', 'create', '--name=first', '--driver=remote', first.address);
    await docker('buildx', 'create', '--name=second', '--driver=remote', second.address);
    workspace = await createSetUpWorkspace({ copyOf: 'e2e/fixtures/work' }, ['--runner=distroless']);
    await mustSucceed(workspace, ['run', 'api:image', '--skip-nx-cache', PLATFORMS], containerdStore.env);
    local = snapshot(workspace.path('dist/images'));
  });
  afterAll(async () => {
    await first?.stop();
    await second?.stop();
    await registry?.stop();
    await removeDockerThings();
    removeWorkspaces();
    rmSync(buildxConfig, { recursive: true, force: true });
  });

  const docker = (...args: readonly string[]) => dockerSucceeds({ store: 'containerd', env }, args);
  const build = async (...args: readonly string[]) => {
    workspace.remove('dist/images');
    const flags = ['--skip-nx-cache', '--output-style=static', PLATFORMS, '--progress=plain'];
    const output = await mustSucceed(workspace, ['run', 'api:image', ...flags, ...args], env);
    return { output, image: snapshot(workspace.path('dist/images')) };
  };
  const isEmpty = async (builder: string) => {
    const used = await docker('buildx', 'du', `--builder=${builder}`);
    return /^Total:\s+0B$/m.test(used);
  };
  const setOptions = (options: object) => {
    const nxJson = JSON.parse(workspace.read('nx.json')) as object;
    const targetDefaults = { 'go-docker:image': { options } };
    workspace.write('nx.json', `${JSON.stringify({ ...nxJson, targetDefaults }, undefined, 2)}\n`);
  };
  const cacheRef = () => `type=registry,ref=${registry.address}/cache/{projectName}:main`;

  it('builds the image that the local engine builds, and needs no Docker engine', async () => {
    setOptions({ cacheTo: [`${cacheRef()},mode=max`, 'type=local,dest=dist/build-cache,mode=max'] });
    const { output, image } = await build('--builder=first');
    expect(output).toContain('engine: docker (the builder first is named)');
    expect(isCached(output)).toBe(false);
    expect(image).toEqual(local);
  });

  it('gives its steps to another one by a registry', async () => {
    expect(await isEmpty('second')).toBe(true);
    setOptions({ cacheFrom: [cacheRef()] });
    const { output, image } = await build('--builder=second');
    expect(output).toContain(`importing cache manifest from ${registry.address}/cache/api:main`);
    expect(isCached(output)).toBe(true);
    expect(image).toEqual(local);
  });

  it('takes its steps from a folder when its own cache is gone', async () => {
    await docker('buildx', 'prune', '--builder=first', '--all', '--force');
    expect(await isEmpty('first')).toBe(true);
    setOptions({});
    const { output, image } = await build('--builder=first', '--cacheFrom=type=local,src=dist/build-cache');
    expect(isCached(output)).toBe(true);
    expect(image).toEqual(local);
  });

  it('assembles what this machine has compiled', async () => {
    const { output, image } = await build('--builder=second', '--engine=hybrid');
    expect(output).toContain('engine: hybrid (as asked)');
    expect(image).toEqual(local);
  });

  it('is taken where the environment names it, and images of any builder serve all', async () => {
    const named = (builder: string) => ({ ...env, BUILDX_BUILDER: builder });
    const args = ['run', 'api:image', '--output-style=static', PLATFORMS];
    const output = await mustSucceed(workspace, args, named('second'));
    expect(output).toContain('engine: docker (the builder second is named)');
    expect(snapshot(workspace.path('dist/images'))).toEqual(local);
    workspace.remove('dist/images');
    const again = await mustSucceed(workspace, args, named('first'));
    expect(again).toMatch(/nx run api:image .*\[local cache\]/);
    expect(snapshot(workspace.path('dist/images'))).toEqual(local);
  });

  it('that does not answer ends the build with its address, and leaves the previous image whole', async () => {
    await second.stop();
    const output = await refused(workspace, ['run', 'api:image', '--skip-nx-cache', '--builder=second'], env);
    expect(output).toContain(`the BuildKit of the builder "second" does not answer at ${second.address}`);
    expect(snapshot(workspace.path('dist/images'))).toEqual(local);
  });
});

/** Puts an image where a BuildKit with that mirror looks for it. */
async function mirror(image: string, { address }: Registry): Promise<void> {
  const path = image.startsWith('gcr.io/') ? image.slice('gcr.io/'.length) : `library/${image}`;
  const name = keepTrack(containerdStore, `${address}/${path}`);
  await dockerSucceeds(containerdStore, ['tag', image, name]);
  await dockerSucceeds(containerdStore, ['push', '--quiet', name]);
}

/** Whether BuildKit had every step that compiles in its cache. Fails where it tells of none. */
function isCached(output: string): boolean {
  const steps = [...output.matchAll(/^#(\d+) \[\S+ builder \d+\/\d+\] RUN .*go build/gm)].map(([, id]) => id);
  expect(steps.length).toBeGreaterThan(0);
  return steps.every((id) => new RegExp(`^#${id} CACHED$`, 'm').test(output));
}
