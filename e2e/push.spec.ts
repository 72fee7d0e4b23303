import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crane } from './docker/crane';
import { containerdStore, requireDocker } from './docker/docker';
import { type Registry, startRegistry } from './docker/registry';
import { fileOf, type LayoutImage, readLayout } from './images/layout';
import { goEnvironment } from './workspace/environment';
import { createPlainWorkspace } from './workspace/plain-image';
import { succeed } from './workspace/program';
import { refused } from './workspace/refusal';
import { createSetUpWorkspace, mustSucceed } from './workspace/set-up';
import { tasksRun } from './workspace/tasks';
import { removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(10 * 60_000);

interface Manifest {
  readonly mediaType: string;
  readonly annotations?: Record<string, string>;
  readonly artifactType?: string;
  readonly subject?: { readonly digest: string };
  readonly layers: readonly { readonly digest: string }[];
  readonly manifests?: readonly { readonly digest: string; readonly artifactType?: string }[];
}

describe('an app whose name no image can have, with no program in its image', () => {
  it('is pushed under the name that Docker would give it, without an SBOM, and says so', async () => {
    await requireDocker(containerdStore);
    const registry = await startRegistry();
    try {
      const workspace = await createPlainWorkspace({ 'apps/api/project.json': '{ "name": "@Shop/api" }\n' });
      const options = {
        repository: `${registry.address}/{projectName}`,
        tags: ['first', '{projectName}-{branch}'],
      };
      const nxJson = {
        ...JSON.parse(workspace.read('nx.json')),
        targetDefaults: { 'image-push': { options } },
      };
      workspace.write('nx.json', `${JSON.stringify(nxJson, undefined, 2)}\n`);
      const output = await mustSucceed(workspace, ['run', '@Shop/api:image-push']);

      expect(output).toContain(`Pushed ${registry.address}/shop/api:first  linux/amd64`);
      expect(output).toContain(`Pushed ${registry.address}/shop/api:shop-api-main`);
      expect(output).toContain('; beside it: provenance\n');
      expect(output).toContain(
        'linux/amd64: no SBOM, because no program in the image says what it is made of',
      );
      expect(await crane('digest', `${registry.address}/shop/api:first`)).toBe(
        workspace.read('dist/image-digests/@Shop+api.txt').trim(),
      );
    } finally {
      await registry.stop();
      removeWorkspaces();
    }
  });
});

describe('nx run api:image-push', () => {
  let workspace: Workspace;
  let registry: Registry;
  let place: string;
  let commit: string;

  beforeAll(async () => {
    await requireDocker(containerdStore);
    registry = await startRegistry();
    place = `${registry.address}/shop/api`;
    workspace = await createSetUpWorkspace({ copyOf: 'e2e/fixtures/work' }, ['--runner=scratch']);
    const nxJson = JSON.parse(workspace.read('nx.json'));
    nxJson.targetDefaults = {
      ...nxJson.targetDefaults,
      image: { options: { platforms: ['linux/amd64', 'linux/arm64'] } },
      'image-push': { options: { repository: `${registry.address}/shop/{projectName}` } },
    };
    workspace.write('nx.json', `${JSON.stringify(nxJson, undefined, 2)}\n`);
    await workspace.commit();
    const git = (...args: readonly string[]) => succeed('git', args, { cwd: workspace.root });
    await git('tag', 'api@1.2.3');
    await git('remote', 'add', 'origin', 'https://user:s3cret@git.example.com/acme/shop.git');
    commit = (await git('rev-parse', 'HEAD')).trim();
  });
  afterAll(async () => {
    await registry?.stop();
    removeWorkspaces();
  });

  const manifest = async (reference: string) => JSON.parse(await crane('manifest', reference)) as Manifest;

  /** What lies beside a manifest, by its type: what this registry has a tag for. */
  async function referrer(digest: string, artifactType: string): Promise<unknown> {
    const list = await manifest(`${place}:${digest.replace(':', '-')}`);
    const listed = list.manifests?.find((one) => one.artifactType === artifactType);
    const { layers, subject } = await manifest(`${place}@${listed?.digest}`);
    expect(subject?.digest).toBe(digest);
    return JSON.parse(await crane('blob', `${place}@${layers[0]?.digest}`));
  }

  it('pushes both platforms under tags of the moment, and says the digest', async () => {
    const output = await mustSucceed(workspace, [
      'run',
      'api:image-push',
      '--tags={version},{branch}-{shortCommitSha}',
    ]);

    expect(output).toMatch(/Sending [0-9a-f]{12}: \d+\.\d MB\n/);
    expect(output).toMatch(/Sent [0-9a-f]{12}\n/);
    const tags = ['1.2.3', `main-${commit.slice(0, 7)}`];
    const digest = workspace.read('dist/image-digests/api.txt').trim();
    for (const tag of tags) {
      expect(output).toContain(`Pushed ${place}:${tag}  linux/amd64, linux/arm64`);
      expect(await crane('digest', `${place}:${tag}`)).toBe(digest);
    }
    expect(output).toContain(`Digest ${digest}  in dist/image-digests/api.txt`);
    expect(await crane('validate', '--remote', `${place}:1.2.3`)).toContain('PASS');
    expect((await crane('ls', place)).split('\n')).toEqual(expect.arrayContaining(tags));
  });

  it('annotates the index and each image with revision and source, without the credentials of the remote', async () => {
    const index = await manifest(`${place}:1.2.3`);
    const annotations = {
      'org.opencontainers.image.revision': commit,
      'org.opencontainers.image.source': 'https://git.example.com/acme/shop',
    };
    expect(index.annotations).toEqual(annotations);
    for (const { digest } of index.manifests ?? []) {
      expect((await manifest(`${place}@${digest}`)).annotations).toEqual(annotations);
    }
  });

  it('pushes the very layers of the layout', async () => {
    const images = readLayout(workspace.path('dist/images/api'));
    for (const platform of ['linux/amd64', 'linux/arm64']) {
      const config = JSON.parse(await crane('config', '--platform', platform, `${place}:1.2.3`));
      const own = images.find((image) => platform.endsWith(image.config.architecture));
      expect(config.rootfs.diff_ids).toEqual(own?.config.rootfs.diff_ids);
    }
  });

  it.each(['linux/amd64', 'linux/arm64'])(
    'lists the modules of the program for %s as Go does',
    async (platform) => {
      const digest = await crane('digest', '--platform', platform, `${place}:1.2.3`);
      const sbom = (await referrer(digest, 'application/spdx+json')) as {
        packages: {
          name: string;
          versionInfo?: string;
          primaryPackagePurpose: string;
          packageFileName?: string;
        }[];
      };
      const program = sbom.packages.find(
        ({ primaryPackagePurpose }) => primaryPackagePurpose === 'APPLICATION',
      );
      const image = readLayout(workspace.path('dist/images/api')).find(({ config }) =>
        platform.endsWith(config.architecture),
      );
      const libraries = sbom.packages.filter(
        ({ primaryPackagePurpose }) => primaryPackagePurpose === 'LIBRARY',
      );
      expect(
        libraries.map(({ name, versionInfo }) => [name, versionInfo].filter(Boolean).join(' ')).sort(),
      ).toEqual(await modulesIn(image, program?.packageFileName ?? ''));
    },
  );

  /** What `go version -m` says of a program in an image. */
  async function modulesIn(image: LayoutImage | undefined, path: string): Promise<string[]> {
    const folder = mkdtempSync(join(tmpdir(), 'gd-program-'));
    try {
      if (image) writeFileSync(join(folder, 'program'), await fileOf(image, path));
      const said = await succeed('go', ['version', '-m', join(folder, 'program')], { env: goEnvironment() });
      const modules = [...said.matchAll(/^\tdep\t(\S+)\t(\S+)/gm)].map(([, name, version]) =>
        version === '(devel)' ? `${name}` : `${name} ${version}`,
      );
      const [, go] = /: go(\S+)/.exec(said) ?? [];
      return [...modules, `stdlib ${go}`].sort();
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  it('says where the image comes from', async () => {
    const digest = await crane('digest', `${place}:1.2.3`);
    expect(await referrer(digest, 'application/vnd.in-toto+json')).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      predicateType: 'https://slsa.dev/provenance/v1',
      predicate: {
        buildDefinition: {
          externalParameters: { project: 'api', platforms: ['linux/amd64', 'linux/arm64'] },
          resolvedDependencies: [
            { uri: 'git+https://git.example.com/acme/shop', digest: { gitCommit: commit } },
          ],
        },
      },
    });
  });

  it('is never answered from the cache, sends nothing twice, and gives the same digest', async () => {
    const before = workspace.read('dist/image-digests/api.txt');
    workspace.remove('dist/image-digests');
    const output = await mustSucceed(workspace, ['run', 'api:image-push']);
    expect(tasksRun(output)).toContain('api:image-push');
    expect(output).not.toContain('Sending');
    expect(output).toContain('0 blobs sent, 0 mounted, ');
    expect(workspace.read('dist/image-digests/api.txt')).toBe(before);
    expect(await crane('digest', `${place}:${commit.slice(0, 7)}`)).toBe(before.trim());
  });

  it('writes CycloneDX where that is asked for, and nothing where nothing is', async () => {
    const annotations = '--annotations.made=otherwise';
    await mustSucceed(workspace, ['run', 'api:image-push', '--tags=cdx', '--sbom=cyclonedx', annotations]);
    const digest = await crane('digest', '--platform', 'linux/amd64', `${place}:cdx`);
    expect(await referrer(digest, 'application/vnd.cyclonedx+json')).toMatchObject({
      bomFormat: 'CycloneDX',
    });
    const bare = ['--sbom=none', '--no-provenance', '--annotations.made=bare'];
    await mustSucceed(workspace, ['run', 'api:image-push', '--tags=bare', ...bare]);
    const name = (await crane('digest', `${place}:bare`)).replace(':', '-');
    expect((await crane('ls', place)).split('\n')).not.toContain(name);
  });

  it('gives a base to builds without Docker, fetched once', async () => {
    const caches = mkdtempSync(join(tmpdir(), 'gd-caches-'));
    const goCache = (await succeed('go', ['env', 'GOCACHE'], { env: goEnvironment() })).trim();
    const engine = { DOCKER_HOST: 'unix:///nowhere/docker.sock', XDG_CACHE_HOME: caches, GOCACHE: goCache };
    const build = ['run', 'worker:image', '--engine=native', '--skip-nx-cache'];
    const base = `${place}:1.2.3`;
    workspace.edit('apps/worker/Dockerfile', 'FROM scratch AS runner', `FROM ${base} AS runner`);
    const first = await mustSucceed(workspace, build, engine);
    expect(first).toMatch(new RegExp(`Fetching ${base}: \\d+\\.\\d MB`));
    for (const platform of ['linux/amd64', 'linux/arm64']) {
      const below = JSON.parse(await crane('config', '--platform', platform, base)).rootfs.diff_ids;
      const built = readLayout(workspace.path('dist/images/worker')).find(({ config }) =>
        platform.endsWith(config.architecture),
      );
      expect(built?.config.rootfs.diff_ids.slice(0, below.length)).toEqual(below);
    }
    expect(await mustSucceed(workspace, build, engine)).not.toContain('Fetching');

    workspace.edit('apps/worker/Dockerfile', `FROM ${base}`, 'FROM 127.0.0.1:1/none');
    const refusal = await refused(workspace, build, engine);
    expect(refusal).toMatch(
      /apps\/worker\/Dockerfile:\d+: the base image 127\.0\.0\.1:1\/none for linux\/amd64/,
    );
    expect(refusal).toContain('connect ECONNREFUSED');
    workspace.edit('apps/worker/Dockerfile', 'FROM 127.0.0.1:1/none', 'FROM scratch');
    rmSync(caches, { recursive: true });
  });

  it.each([
    [['--repository='], 'nothing says where the image of api is pushed to'],
    [['--tags={sha}'], '"tags" has {sha}, which stands for nothing'],
    [['--tags=a b'], '"repository" and "tags" name no image'],
    [['--repository=127.0.0.1:1/api'], '127.0.0.1:1/api: 127.0.0.1:1 cannot be asked: connect ECONNREFUSED'],
    [['--digestFile=../digest.txt'], '"digestFile" is "../digest.txt", which lies outside of the workspace'],
    [['--imagePath=dist/none'], 'there is no image in dist/none'],
  ])('refuses %j', async (args, message) => {
    expect(await refused(workspace, ['run', 'api:image-push', ...args])).toContain(message);
  });

  describe('to a registry that does not take it', () => {
    let server: Server;
    let answer: (status: number) => number | undefined;
    beforeAll(async () => {
      // Says the same to everything but the first question.
      server = createServer(({ url }, response) => {
        const status = url === '/v2/' ? 200 : answer(0);
        if (status !== undefined) response.writeHead(status).end();
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    });
    afterAll(() => {
      server.closeAllConnections();
      server.close();
    });
    const push = () => [
      'run',
      'api:image-push',
      `--repository=127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    ];

    it('says who has to log in', async () => {
      answer = () => 401;
      expect(await refused(workspace, push())).toMatch(
        /the registry answers 401\s+→ log in: docker login 127\.0\.0\.1:/,
      );
    });

    it('ends at once when it is interrupted, and keeps the digest of the last push', async () => {
      const before = workspace.read('dist/image-digests/api.txt');
      let isAsked: () => void = () => undefined;
      const asked = new Promise<void>((resolve) => (isAsked = resolve));
      answer = () => {
        isAsked();
        return undefined;
      };
      const running = workspace.startNx(push());
      await asked;
      const began = performance.now();
      running.signalGroup('SIGINT');
      await running.finished;
      expect(performance.now() - began).toBeLessThan(10_000);
      expect(workspace.read('dist/image-digests/api.txt')).toBe(before);
    });
  });
});
