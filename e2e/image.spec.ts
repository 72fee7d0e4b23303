import {
  containerdStore,
  classicStore,
  loadLayout,
  removeDockerThings,
  requireDocker,
  runContainer,
} from './docker/docker';
import { readSingleImage } from './images/layout';
import { createSetUpWorkspace, mustSucceed } from './workspace/set-up';
import { tasksRun } from './workspace/tasks';
import { snapshot } from './workspace/snapshot';
import { removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(10 * 60_000);

describe('nx run api:image', () => {
  let workspace: Workspace;
  let imagePath: string;

  beforeAll(async () => {
    await requireDocker(containerdStore);
    await requireDocker(classicStore);
    workspace = await createSetUpWorkspace({ copyOf: 'e2e/fixtures/work' });
    imagePath = workspace.path('dist/images/api');
    const output = await mustSucceed(workspace, ['run', 'api:image']);
    // BuildKit's progress reaches the terminal: a vertex that only the build can name.
    expect(output).toMatch(/go build/);
  });
  afterAll(async () => {
    await removeDockerThings();
    removeWorkspaces();
  });

  it('leaves a valid OCI layout, and image.json that says what is in it', () => {
    const image = readSingleImage(imagePath);

    expect(image.platform).toBe('linux/amd64');
    expect(JSON.parse(workspace.read('dist/images/api/image.json'))).toEqual({
      project: 'api',
      images: [
        {
          platform: 'linux/amd64',
          digest: image.digest,
          unpackedBytes: image.layers.reduce((sum, layer) => sum + layer.unpackedBytes, 0),
          compressedBytes: image.layers.reduce((sum, layer) => sum + layer.compressedBytes, 0),
          layers: image.layers.map(({ diffId, digest, unpackedBytes, compressedBytes }) => ({
            diffId,
            digest,
            unpackedBytes,
            compressedBytes,
            origin: expect.stringMatching(/^(base|app)$/),
          })),
        },
      ],
    });
  });

  it('leaves nothing else', () => {
    expect(Object.keys(snapshot(workspace.path('dist'))).filter((path) => !path.includes('/blobs/'))).toEqual(
      [
        'image-modules/api.json',
        'images/api/image.json',
        'images/api/oci/index.json',
        'images/api/oci/manifest.json',
        'images/api/oci/oci-layout',
      ],
    );
    expect(snapshot(workspace.temporary, /^(nx-native-file-cache-|[0-9a-f]{20})/)).toEqual({});
  });

  it('says neither when nor where the image was built', () => {
    const { config } = readSingleImage(imagePath);

    expect(config.created).toBe('1970-01-01T00:00:00Z');
    expect(JSON.stringify(config)).not.toContain(workspace.root);
  });

  it.each([containerdStore, classicStore])('can be loaded and run: $store store', async (docker) => {
    const name = await loadLayout(docker, imagePath);
    const finished = await runContainer(docker, name, []);

    expect(finished.stdout).toBe('api: good morning\n6ba7b810-9dad-11d1-80b4-00c04fd430c8\n');
    expect(finished.exitCode).toBe(0);
  });

  it('comes from the cache the next time, also after it was removed', async () => {
    const before = snapshot(imagePath);

    expect(tasksRun(await mustSucceed(workspace, ['run', 'api:image']))).toEqual([]);
    expect(snapshot(imagePath)).toEqual(before);

    workspace.remove('dist');
    expect(tasksRun(await mustSucceed(workspace, ['run', 'api:image']))).toEqual([]);
    expect(snapshot(imagePath)).toEqual(before);
  });

  it('is refused where a managed block is stale, with the command that mends it', async () => {
    const previous = snapshot(imagePath);
    workspace.write('libs/mark/go.mod', 'module example.com/work/mark\n\ngo 1.26\n');
    workspace.write('libs/mark/mark.go', 'package mark\n\nconst Colon = ": "\n');
    workspace.edit('go.work', './libs/queue', './libs/queue\n\t./libs/mark');
    workspace.edit(
      'libs/log/log.go',
      'import "strings"',
      'import (\n\t"strings"\n\n\t"example.com/work/mark"\n)',
    );
    workspace.edit('libs/log/log.go', '": "', 'mark.Colon');

    const stale = await workspace.nx(['run', 'api:image']);
    expect(stale.exitCode).toBe(1);
    expect(stale.output).toMatch(/apps\/api\/Dockerfile/);
    expect(stale.output).toMatch(/nx g go-docker:setup/);
    expect(snapshot(imagePath)).toEqual(previous);

    await mustSucceed(workspace, ['g', 'go-docker:setup', 'api']);
    await mustSucceed(workspace, ['run', 'api:image']);
    const finished = await runContainer(containerdStore, await loadLayout(containerdStore, imagePath), []);
    expect(finished.stdout).toMatch(/^api: good morning\n/);
  });
});
