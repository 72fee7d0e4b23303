import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  classicStore,
  containerdStore,
  dockerSucceeds,
  loadLayout,
  removeDockerThings,
  requireDocker,
} from './docker/docker';
import { readSingleImage, type LayoutLayer } from './images/layout';
import { succeed } from './workspace/program';
import { createSetUpWorkspace, mustSucceed } from './workspace/set-up';
import { tasksRun } from './workspace/tasks';
import { removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(10 * 60_000);

const DISTROLESS = 'gcr.io/distroless/static-debian13:nonroot';

describe('nx run api:image-size', () => {
  let workspace: Workspace;
  let layers: readonly LayoutLayer[];
  let baseLayers: readonly LayoutLayer[];

  beforeAll(async () => {
    await requireDocker(containerdStore);
    await requireDocker(classicStore);
    workspace = await createSetUpWorkspace({ copyOf: 'e2e/fixtures/work' }, ['--runner=distroless']);
    await mustSucceed(workspace, ['run', 'api:image']);
    layers = readSingleImage(workspace.path('dist/images/api')).layers;
    baseLayers = await layersOfDistroless(layers);
  });
  afterAll(async () => {
    await removeDockerThings();
    removeWorkspaces();
  });
  beforeEach(() => workspace.remove('image-budgets.json'));

  const unpacked = (some: readonly LayoutLayer[]) =>
    some.reduce((sum, layer) => sum + layer.unpackedBytes, 0);
  const compressed = (some: readonly LayoutLayer[]) =>
    some.reduce((sum, layer) => sum + layer.compressedBytes, 0);
  const breach = async (args: readonly string[] = []) => {
    const finished = await workspace.nx(['run', 'api:image-size', ...args]);
    expect(finished.exitCode).toBe(1);
    return finished.output;
  };

  it('prints both sizes, base and app apart', async () => {
    const output = await mustSucceed(workspace, ['run', 'api:image-size']);

    const appLayers = layers.filter((layer) => !baseLayers.includes(layer));
    expect(baseLayers.length).toBeGreaterThan(0);
    expect(appLayers.length).toBeGreaterThan(0);
    for (const [kind, size] of [
      ['unpacked', unpacked],
      ['compressed', compressed],
    ] as const) {
      const [total, base, app] = [layers, baseLayers, appLayers].map((some) => shown(size(some)));
      expect(output).toMatch(new RegExp(`\\b${kind}\\s+${total}\\s+${base}\\s+${app}\\b`));
    }
  });

  it('counts unpacked bytes as `docker save` does', async () => {
    const name = await loadLayout(classicStore, workspace.path('dist/images/api'));
    const directory = join(workspace.temporary, 'saved');
    mkdirSync(directory);
    await dockerSucceeds(classicStore, ['save', `--output=${directory}.tar`, name]);
    await succeed('tar', ['--extract', `--file=${directory}.tar`, `--directory=${directory}`]);
    const [manifest] = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')) as {
      Layers: string[];
    }[];

    const saved = manifest?.Layers.reduce((sum, layer) => sum + statSync(join(directory, layer)).size, 0);
    const { images } = JSON.parse(workspace.read('dist/images/api/image.json')) as {
      images: { unpackedBytes: number }[];
    };
    expect(images[0]?.unpackedBytes).toBe(saved);
  });

  it('is satisfied where the image is exactly as large as its budget', async () => {
    workspace.write('image-budgets.json', budgets({ unpacked: `${unpacked(layers)} B` }));

    await mustSucceed(workspace, ['run', 'api:image-size']);
  });

  it.each([
    { kind: 'unpacked', size: unpacked },
    { kind: 'compressed', size: compressed },
  ])(
    'fails where the $kind size is over its budget: by how much, which limit, and where it is written',
    async ({ kind, size }) => {
      const limit = size(layers) - 200_000;
      workspace.write('image-budgets.json', budgets({ [kind]: `${limit} B` }));

      const output = await breach();

      expect(output).toContain(kind);
      expect(output).toContain('200 kB');
      expect(output).toContain(`${limit} B`);
      expect(output).toContain(shown(size(layers)));
      expect(output).toContain('image-budgets.json:4');
    },
  );

  it('takes --budget before the file', async () => {
    workspace.write('image-budgets.json', budgets({ unpacked: '900 MB' }));

    const output = await breach(['--budget=1 MB']);

    expect(output).toContain('1 MB');
    expect(output).toContain('--budget');
    expect(output).not.toContain('900 MB');
    await mustSucceed(workspace, ['run', 'api:image-size', '--budget=800 MB']);
  });

  it('holds no other project to the budget of one', async () => {
    workspace.write('image-budgets.json', budgets({ unpacked: '1 B' }));

    await mustSucceed(workspace, ['run', 'worker:image-size']);
    await breach();
  });

  it('is cached, its verdict too, and a change of the budgets measures again without a build', async () => {
    workspace.write('image-budgets.json', budgets({ unpacked: '900 MB' }));
    expect(tasksRun(await mustSucceed(workspace, ['run', 'api:image-size']))).toEqual(['api:image-size']);
    const verdict = workspace.read('dist/image-sizes/api.json');
    workspace.remove('dist/image-sizes');

    const again = await mustSucceed(workspace, ['run', 'api:image-size']);
    expect(tasksRun(again)).toEqual([]);
    expect(workspace.read('dist/image-sizes/api.json')).toBe(verdict);

    workspace.write('image-budgets.json', budgets({ unpacked: '1 MB' }));
    expect(tasksRun(await breach())).toEqual(['api:image-size']);
    // A breach is not remembered as a success.
    expect(tasksRun(await breach())).toEqual(['api:image-size']);
  });

  it('measures without an engine', async () => {
    const dead = { DOCKER_HOST: `unix://${workspace.temporary}/no-docker.sock` };
    workspace.write('image-budgets.json', budgets({ unpacked: '899 MB' }));

    const output = await mustSucceed(workspace, ['run', 'api:image-size'], dead);

    expect(tasksRun(output)).toEqual(['api:image-size']);
  });
});

/** The limit of each kind stands on line 4. */
function budgets(limits: Record<string, string>): string {
  const lines = Object.entries(limits).map(([kind, size]) => `      "${kind}": "${size}"`);
  return `{\n  "projects": {\n    "api": {\n${lines.join(',\n')}\n    }\n  }\n}\n`;
}

/** Three significant digits in decimal units. */
function shown(bytes: number): string {
  const [unit, factor] = bytes >= 1e6 ? ['MB', 1e6] : ['kB', 1e3];
  return `${(bytes / factor).toPrecision(3)} ${unit}`;
}

async function layersOfDistroless(layers: readonly LayoutLayer[]): Promise<LayoutLayer[]> {
  const format = '--format={{json .RootFS.Layers}}';
  const diffIds = JSON.parse(
    await dockerSucceeds(containerdStore, ['image', 'inspect', format, DISTROLESS]),
  ) as string[];
  return layers.filter((layer) => diffIds.includes(layer.diffId));
}
