import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { oldWaySizes } from '../tools/image-sizes/old-way.mjs';
import { buildOurWay } from '../tools/image-sizes/our-way.mjs';
import { ourImageSizes } from '../tools/image-sizes/our-image.mjs';
import { imageKey, passes, rows } from '../tools/image-sizes/rows.mjs';
import {
  containerdStore,
  dockerSucceeds,
  keepTrack,
  loadLayout,
  removeDockerThings,
  requireDocker,
  runContainer,
  startContainer,
  uniqueName,
} from './docker/docker';
import { readSingleImage, type LayoutImage } from './images/layout';
import { repository } from './workspace/environment';
import { eventually } from './workspace/processes';
import { mustSucceed } from './workspace/set-up';
import { createWorkspace, removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(15 * 60_000);

const benchmark = join(repository, 'benchmarks/image-sizes');
const images = rows.flatMap(({ app, images }) =>
  images.flatMap(({ kind, article, old, ours }) =>
    ours === undefined ? [] : { app, kind, article, old, ours, key: imageKey(app, ours) },
  ),
);

const REQUESTS: Readonly<Record<string, { path: string; method?: string; body?: string }>> = {
  orders: { path: '/orders', method: 'POST', body: '{"article":"tea","quantity":2}' },
  ping: { path: '/ping' },
  server: { path: '/' },
};
const ANSWERS: Readonly<Record<string, string>> = {
  hello: 'Hello, World!\n',
  greeter: 'Hello, World!\n',
  orders: '{"article":"tea","quantity":2}',
  ping: '{"message":"pong"}',
  server: 'Hello, World!\n',
};

describe('the images of the articles', () => {
  let workspace: Workspace;
  const built = new Map<string, LayoutImage>();
  const kept = (key: string) => join(workspace.temporary, 'images', key.replaceAll(/[^\w]+/g, '-'));
  const imageOf = (key: string) => {
    const image = built.get(key);
    if (image === undefined) throw new Error(`${key} was not built.`);
    return image;
  };

  beforeAll(async () => {
    await requireDocker(containerdStore);
    workspace = await createWorkspace({ copyOf: 'benchmarks/image-sizes' });
    await buildOurWay({
      nx: (...args: string[]) => mustSucceed(workspace, args),
      take(app: string, key: string) {
        const imagePath = workspace.path('dist/images', app);
        built.set(key, readSingleImage(imagePath));
        cpSync(imagePath, kept(key), { recursive: true });
      },
    });
  });
  afterAll(async () => {
    await removeDockerThings();
    removeWorkspaces();
  });

  it('stand on four bases, and no row is forgotten', () => {
    expect(rows).toHaveLength(5);
    expect(new Set(passes().map(({ runner }) => runner))).toEqual(
      new Set(['alpine', 'debian', 'distroless', 'scratch']),
    );
    expect(images.length).toBe(11);
  });

  // The single stage of an article is where its other images take the program from: it is built with them.
  describe.each(images)('$app, $kind', ({ app, article, old, ours, key }) => {
    it('has an app smaller than the one built by hand, and than the whole image of the article', async () => {
      const bytes = await appBytes(ours.base, imageOf(key));
      const imageJson = JSON.parse(readFileSync(join(kept(key), 'image.json'), 'utf8'));
      expect(ourImageSizes(imageJson).app.unpackedBytes).toBe(bytes);

      const byHand = await oldWaySizes(benchmark, app, old, { parts: ['app'] });

      expect(bytes).toBeLessThan(byHand.app?.unpackedBytes ?? 0);
      expect(bytes).toBeLessThan(article);
    });

    it('is not run by root, nor by a shell', () => {
      const { config } = imageOf(key).config;

      expect(config.User).toBe('65532:65532');
      expect(config.Entrypoint).toEqual([`/usr/local/bin/${app}`]);
      expect(config.Cmd ?? null).toBeNull();
    });

    it('runs', async () => {
      const image = await loadLayout(containerdStore, kept(key));

      await expect(answerOf(app, image)).resolves.toEqual(ANSWERS[app]);
    });
  });

  describe('greeter', () => {
    beforeAll(() =>
      mustSucceed(workspace, ['g', 'go-docker:setup', 'greeter', '--stages=test,debug', '--force']),
    );

    it.each(['test', 'debug', 'dev'])('has a stage for --target %s', async (target) => {
      const tag = keepTrack(containerdStore, `${uniqueName('greeter')}:latest`);
      const args = ['buildx', 'build', '--quiet', '--load', '--tag', tag, '--target', target];

      await dockerSucceeds(containerdStore, [...args, '--file', 'apps/greeter/Dockerfile', '.'], {
        cwd: workspace.root,
      });
    });
  });
});

async function appBytes(base: string, image: LayoutImage): Promise<number> {
  const below = base === 'scratch' ? [] : await diffIdsOf(base);
  return image.layers
    .filter(({ diffId }) => !below.includes(diffId))
    .reduce((sum, { unpackedBytes }) => sum + unpackedBytes, 0);
}

async function diffIdsOf(base: string): Promise<string[]> {
  const format = '--format={{json .RootFS.Layers}}';
  return JSON.parse(await dockerSucceeds(containerdStore, ['image', 'inspect', format, base])) as string[];
}

/** What a program prints, or what a server answers. */
async function answerOf(app: string, image: string): Promise<unknown> {
  const request = REQUESTS[app];
  if (request === undefined) return (await runContainer(containerdStore, image, [])).stdout;
  const container = startContainer(containerdStore, image, [], ['--publish=127.0.0.1::8080']);
  try {
    return await eventually(async () => {
      const address = await dockerSucceeds(containerdStore, ['port', container.name, '8080/tcp']);
      const signal = AbortSignal.timeout(3_000);
      const answer = await fetch(`http://${address.trim()}${request.path}`, { ...request, signal });
      return answer.text();
    }, 90_000);
  } finally {
    await dockerSucceeds(containerdStore, ['rm', '--force', container.name]);
    await container.program.finished;
  }
}
