import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { arch, tmpdir } from 'node:os';
import { join } from 'node:path';
import { crane } from './docker/crane';
import { containerdStore, requireDocker } from './docker/docker';
import { startRegistry } from './docker/registry';
import { skopeo } from './docker/skopeo';
import { binaryPath, fileOf, readLayout, type LayoutImage } from './images/layout';
import { goEnvironment } from './workspace/environment';
import { succeed } from './workspace/program';
import { createSetUpWorkspace, mustSucceed } from './workspace/set-up';
import { snapshot, type Snapshot } from './workspace/snapshot';
import { removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(15 * 60_000);

interface Expected {
  readonly platform: string;
  /** What a registry calls it. */
  readonly inIndex: Readonly<Record<string, string>>;
  /** What Go notes in the program. */
  readonly go: readonly string[];
  /** `e_machine` of the ELF header: https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html */
  readonly machine: number;
}

const EXPECTED: readonly Expected[] = [
  {
    platform: 'linux/amd64',
    inIndex: { os: 'linux', architecture: 'amd64' },
    go: ['GOARCH=amd64', 'GOAMD64=v1'],
    machine: 62,
  },
  {
    platform: 'linux/amd64/v2',
    inIndex: { os: 'linux', architecture: 'amd64', variant: 'v2' },
    go: ['GOARCH=amd64', 'GOAMD64=v2'],
    machine: 62,
  },
  {
    platform: 'linux/arm64',
    inIndex: { os: 'linux', architecture: 'arm64' },
    go: ['GOARCH=arm64', 'GOARM64=v8.0'],
    machine: 183,
  },
  {
    platform: 'linux/arm/v7',
    inIndex: { os: 'linux', architecture: 'arm', variant: 'v7' },
    go: ['GOARCH=arm', 'GOARM=7'],
    machine: 40,
  },
  {
    platform: 'linux/riscv64',
    inIndex: { os: 'linux', architecture: 'riscv64' },
    go: ['GOARCH=riscv64', 'GORISCV64=rva20u64'],
    machine: 243,
  },
];
const PLATFORMS = EXPECTED.map(({ platform }) => platform);
const OWN = `linux/${arch() === 'x64' ? 'amd64' : arch()}`;

const ENGINES = ['docker', 'hybrid', 'native'] as const;

describe.each(ENGINES)('an image for five platforms from the engine %s', (engine) => {
  let workspace: Workspace;
  let output: string;
  let images: readonly LayoutImage[];

  beforeAll(async () => {
    await requireDocker(containerdStore);
    workspace = await sharedWorkspace();
    workspace.remove('dist/images');
    const flags = ['--skip-nx-cache', '--output-style=static', `--engine=${engine}`];
    output = await mustSucceed(workspace, ['run', 'b:image', ...flags], containerdStore.env);
    images = readLayout(workspace.path('dist/images/b'));
    if (engine === 'docker') dockerOutput = output;
    byEngine.set(engine, snapshot(workspace.path('dist/images')));
  });

  it('says for each what it is for', () => {
    expect(output).toContain(`engine: ${engine} (as asked)`);
    expect(images.map(({ platform }) => platform)).toEqual(PLATFORMS);
    const { images: listed } = JSON.parse(workspace.read('dist/images/b/image.json'));
    expect(listed.map(({ platform }: { platform: string }) => platform)).toEqual(PLATFORMS);
  });

  it.each(EXPECTED)('holds a program of $platform', async ({ platform, go, machine }) => {
    const image = images.find((one) => one.platform === platform);
    if (!image) throw new Error(`no image for ${platform}`);
    const program = await fileOf(image, binaryPath(image));
    expect(program.readUInt16LE(18)).toBe(machine);
    const settings = await buildSettings(program);
    expect(settings).toEqual(expect.arrayContaining(['GOOS=linux', 'CGO_ENABLED=0', ...go]));
  });
});

describe('an image for five platforms', () => {
  it('is the same from all engines, byte for byte', () => {
    const [one, ...others] = ENGINES.map((engine) => byEngine.get(engine));
    expect(Object.keys(one ?? {}).filter((path) => path.includes('/blobs/')).length).toBeGreaterThan(15);
    for (const other of others) expect(other).toEqual(one);
  });

  it('is compiled on the machine’s own platform, and nothing is emulated', () => {
    for (const platform of PLATFORMS.filter((each) => !each.startsWith(OWN))) {
      const other = platform.replace('linux/', '');
      expect(dockerOutput).toContain(`[${OWN}->${other} builder`);
      expect(dockerOutput).not.toContain(`[${platform} builder`);
    }
  });
});

describe('the layout of five platforms', () => {
  it('is copied by skopeo, all of it, without changing a digest', async () => {
    const workspace = await sharedWorkspace();
    const copy = workspace.path('dist/copy');
    const layout = workspace.path('dist/images/b');
    mkdirSync(copy);
    await skopeo('copy', '--all', '--preserve-digests', `oci:${layout}/oci`, `oci:${copy}/oci:five`);
    expect(readLayout(copy).map(({ platform, digest }) => [platform, digest])).toEqual(
      readLayout(layout).map(({ platform, digest }) => [platform, digest]),
    );
  });
});

describe('the index of five platforms in a registry', () => {
  it('has one manifest for each, which others find by its platform', async () => {
    const workspace = await sharedWorkspace();
    const registry = await startRegistry();
    try {
      const place = `${registry.address}/b`;
      await mustSucceed(
        workspace,
        ['run', 'b:image-push', `--repository=${place}`, '--tags=five'],
        containerdStore.env,
      );
      const index = JSON.parse(await crane('manifest', `${place}:five`));
      expect(index.mediaType).toBe('application/vnd.oci.image.index.v1+json');
      expect(index.manifests.map((each: { platform: unknown }) => each.platform)).toEqual(
        EXPECTED.map(({ inIndex }) => inIndex),
      );
      const images = readLayout(workspace.path('dist/images/b'));
      for (const { platform, inIndex } of EXPECTED) {
        const config = JSON.parse(await crane('config', '--platform', platform, `${place}:five`));
        expect(config).toMatchObject(inIndex);
        const own = images.find((one) => one.platform === platform);
        expect(config.rootfs.diff_ids).toEqual(own?.config.rootfs.diff_ids);
      }
      expect(await crane('validate', '--remote', `${place}:five`)).toContain('PASS');
    } finally {
      await registry.stop();
    }
  });
});

afterAll(removeWorkspaces);

const byEngine = new Map<string, Snapshot>();
/** What BuildKit told of its steps. */
let dockerOutput = '';
let made: Promise<Workspace> | undefined;

function sharedWorkspace(): Promise<Workspace> {
  const platforms = `--platforms=${PLATFORMS.join(',')}`;
  return (made ??= createSetUpWorkspace({ copyOf: 'e2e/fixtures/single' }, [
    '--runner=scratch',
    '--dev=false',
    platforms,
  ]));
}

/** The `build` lines of `go version -m`. */
async function buildSettings(program: Buffer): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'gd-program-'));
  try {
    writeFileSync(join(folder, 'program'), program);
    const said = await succeed('go', ['version', '-m', join(folder, 'program')], { env: goEnvironment() });
    return [...said.matchAll(/^\tbuild\t(\S+)$/gm)].map(([, setting]) => setting ?? '');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
