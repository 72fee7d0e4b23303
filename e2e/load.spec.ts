import {
  classicStore,
  containerdStore,
  dockerSucceeds,
  keepTrack,
  removeDockerThings,
  requireDocker,
  runContainer,
  uniqueName,
} from './docker/docker';
import { readSingleImage } from './images/layout';
import { createSetUpWorkspace, mustSucceed } from './workspace/set-up';
import { tasksRun } from './workspace/tasks';
import { removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(10 * 60_000);

describe('nx run api:image-load', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    await requireDocker(containerdStore);
    await requireDocker(classicStore);
    workspace = await createSetUpWorkspace({ copyOf: 'e2e/fixtures/work' }, ['--runner=scratch']);
    await mustSucceed(workspace, ['run', 'api:image']);
  });
  afterAll(async () => {
    await removeDockerThings();
    removeWorkspaces();
  });

  describe.each([containerdStore, classicStore])('$store store', (docker) => {
    it('loads the image under the tags that were asked for, and it runs', async () => {
      const tags = [1, 2].map(() => keepTrack(docker, `${uniqueName('load')}:1.0`));

      await mustSucceed(workspace, ['run', 'api:image-load', `--tags=${tags.join(',')}`], docker.env);

      for (const tag of tags) {
        const finished = await runContainer(docker, tag, []);
        expect(finished.stdout).toBe('api: good morning\n6ba7b810-9dad-11d1-80b4-00c04fd430c8\n');
      }
    });

    it('loads the very layers of the layout', async () => {
      const tag = keepTrack(docker, `${uniqueName('load')}:latest`);
      await mustSucceed(workspace, ['run', 'api:image-load', `--tags=${tag}`], docker.env);

      const loaded = await dockerSucceeds(docker, [
        'image',
        'inspect',
        '--format',
        '{{json .RootFS.Layers}}',
        tag,
      ]);
      const { config } = readSingleImage(workspace.path('dist/images/api'));
      expect(JSON.parse(loaded)).toEqual(config.rootfs.diff_ids);
    });

    it('is never answered from the cache: a removed image is loaded again', async () => {
      const tag = keepTrack(docker, `${uniqueName('load')}:latest`);
      const load = () => mustSucceed(workspace, ['run', 'api:image-load', `--tags=${tag}`], docker.env);
      await load();
      await dockerSucceeds(docker, ['image', 'rm', tag]);

      expect(tasksRun(await load())).toEqual(['api:image-load']);
      await dockerSucceeds(docker, ['image', 'inspect', tag]);
    });
  });

  it('loads the named platform of an image that has two', async () => {
    const tag = keepTrack(containerdStore, `${uniqueName('load')}:latest`);
    await mustSucceed(workspace, ['run', 'api:image', '--platforms=linux/amd64,linux/arm64']);

    await mustSucceed(workspace, [
      'run',
      'api:image-load',
      `--tags=${tag}`,
      '--platform=linux/arm64',
      '--excludeTaskDependencies',
    ]);

    const architecture = await dockerSucceeds(containerdStore, [
      'image',
      'inspect',
      '--format',
      '{{.Architecture}}',
      tag,
    ]);
    expect(architecture.trim()).toBe('arm64');
  });
});
