import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { verifyLayout } from '@go-docker/oci-image';
import { BASE_IMAGE, imageStores, requireImageStore } from './image-stores';
import { compilePackages, ImageWorkspace } from './image-workspace';

jest.setTimeout(60_000);

const DOCKERFILE = `FROM --platform=$BUILDPLATFORM ${BASE_IMAGE} AS builder
ARG TARGETARCH
COPY app/main.txt /
RUN --network=none mkdir /out && { cat /main.txt; echo $TARGETARCH; } > /out/program
FROM ${BASE_IMAGE} AS runner
COPY --from=builder /out /
ENTRYPOINT ["/bin/cat", "/program"]
FROM scratch AS bare
COPY --from=builder /out /
`;

beforeAll(compilePackages);

const digests = new Map<string, string[]>();

describe.each(imageStores)('a build on the $store image store', (imageStore) => {
  const workspaces: ImageWorkspace[] = [];
  const workspaceOf = (dockerfile: string) => {
    const workspace = new ImageWorkspace(dockerfile, imageStore.env);
    workspaces.push(workspace);
    return workspace;
  };
  beforeAll(() => requireImageStore(imageStore));
  afterAll(() => workspaces.forEach((workspace) => workspace.remove()));

  it('leaves a whole layout, its sizes and nothing else', async () => {
    const workspace = workspaceOf(DOCKERFILE);
    const ended = await workspace.image();
    const [image] = workspace.imageJson().images;

    expect(ended).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('[builder') });
    expect(ended.stdout).toContain(`app → dist/images/app\n  linux/amd64  ${image?.digest}\n    unpacked `);
    expect(image?.layers.map(({ origin }) => origin)).toEqual(['base', 'app']);
    expect(await verifyLayout(join(workspace.root, 'dist/images/app/oci'))).toEqual(
      workspace.imageJson().images,
    );
    expect(workspace.imagesFolder()).toEqual(['app']);
    expect(existsSync(join(workspace.root, 'dist/images/app/image.tar'))).toBe(false);
    expect(workspace.temporaryTags(ended)).toEqual([]);
  });

  it('gives the same digest in another folder, without any cache', async () => {
    for (const workspace of [workspaceOf(DOCKERFILE), workspaceOf(DOCKERFILE)]) {
      expect(await workspace.image({ noCache: true })).toMatchObject({ exitCode: 0 });
      digests.set(imageStore.store, [
        ...(digests.get(imageStore.store) ?? []),
        ...workspace.imageJson().images.map(({ digest }) => digest),
      ]);
      // Times in the layers differ by whole seconds.
      await new Promise((resolve) => setTimeout(resolve, 1100));
    }
    expect(digests.get(imageStore.store)).toHaveLength(2);
    expect(new Set(digests.get(imageStore.store)).size).toBe(1);
  });

  it('builds several platforms, in the order they were asked for', async () => {
    const workspace = workspaceOf(DOCKERFILE);
    const platforms = ['linux/arm64', 'linux/arm', 'linux/amd64'];
    expect(await workspace.image({ platforms, target: 'bare' })).toMatchObject({ exitCode: 0 });
    const { images } = workspace.imageJson();
    expect(images.map(({ platform }) => platform)).toEqual(['linux/arm64', 'linux/arm/v7', 'linux/amd64']);
    expect(new Set(images.map(({ digest }) => digest)).size).toBe(3);
    digests.set(
      `${imageStore.store} platforms`,
      images.map(({ digest }) => digest),
    );
  });

  it('loads the image that the daemon runs, or the one that is asked for, under all its names', async () => {
    const workspace = workspaceOf(DOCKERFILE);
    await workspace.image({ platforms: ['linux/arm64', 'linux/amd64'], target: 'bare' });
    const tags = [`go-docker-spec/${imageStore.store}:a`, `go-docker-spec/${imageStore.store}:b`];
    const architecture = () =>
      tags.map((tag) => workspace.docker('image', 'inspect', '--format', '{{.Architecture}}', tag).trim());
    try {
      expect(await workspace.load({ tags })).toMatchObject({
        exitCode: 0,
        stdout: expect.stringMatching(/^Loaded go-docker-spec\/\w+:a {2}linux\/amd64 {2}sha256:.*\nLoaded /),
      });
      expect(architecture()).toEqual(['amd64', 'amd64']);
      expect(await workspace.load({ tags, platform: 'linux/arm64' })).toMatchObject({ exitCode: 0 });
      expect(architecture()).toEqual(['arm64', 'arm64']);
    } finally {
      workspace.docker('image', 'rm', ...tags);
    }
  });

  it('loads what runs', async () => {
    const workspace = workspaceOf(DOCKERFILE);
    await workspace.image();
    const tag = `go-docker-spec/${imageStore.store}:run`;
    try {
      expect(await workspace.load({ tags: [tag] })).toMatchObject({ exitCode: 0 });
      expect(workspace.docker('run', '--rm', '--network=none', tag)).toBe('the program\namd64\n');
    } finally {
      workspace.docker('image', 'rm', tag);
    }
  });

  it('gives build args, labels, contexts and secrets to the build, and secrets to nothing else', async () => {
    const workspace = workspaceOf(`FROM ${BASE_IMAGE} AS runner
ARG VERSION
COPY --from=assets page.txt /
RUN --network=none --mount=type=secret,id=variable --mount=type=secret,id=file \\
  cat /run/secrets/variable /run/secrets/file | sha256sum > /sum && echo $VERSION > /version
`);
    workspace.write('secrets/file', 's3cr3t-2');
    workspace.write('assets/page.txt', 'a page');
    const options = {
      buildArgs: { VERSION: 'a b $(id) ,=' },
      labels: { 'org.example.team': 'x, "y" = z' },
      secrets: ['id=variable,env=SPEC_SECRET', 'id=file,src=secrets/file'],
      contexts: { assets: 'assets' },
    };
    const { exitCode, stdout, stderr } = await workspace.image(options, { SPEC_SECRET: 's3cr3t-1' });
    expect({ exitCode, output: stdout + stderr }).toEqual({
      exitCode: 0,
      output: expect.not.stringContaining('s3cr3t-'),
    });

    const tag = `go-docker-spec/${imageStore.store}:options`;
    try {
      await workspace.load({ tags: [tag] });
      expect(workspace.docker('run', '--rm', '--network=none', tag, 'cat', '/version')).toBe(
        'a b $(id) ,=\n',
      );
      // printf s3cr3t-1s3cr3t-2 | sha256sum
      const sum = workspace.docker('run', '--rm', '--network=none', tag, 'cat', '/sum');
      expect(sum).toBe('df04020197962c1f9eb7be3b6944cbf9a3cf89c08998428e34c28c09bd29bf56  -\n');
      const labels = workspace.docker('image', 'inspect', '--format', '{{json .Config.Labels}}', tag);
      expect(JSON.parse(labels)).toEqual({ 'org.example.team': 'x, "y" = z' });
    } finally {
      workspace.docker('image', 'rm', tag);
    }
  });

  it('builds one app twice at once without harm', async () => {
    const workspace = workspaceOf(DOCKERFILE);
    const builds = await Promise.all([workspace.image(), workspace.image(), workspace.image()]);
    expect(builds.filter(({ exitCode }) => exitCode !== 0)).toEqual([]);
    expect(await verifyLayout(join(workspace.root, 'dist/images/app/oci'))).toEqual(
      workspace.imageJson().images,
    );
    expect(workspace.imagesFolder()).toEqual(['app']);
  });
});

describe('both image stores', () => {
  it('give one digest', () => {
    expect(digests.get('containerd')).toHaveLength(2);
    expect(digests.get('classic')).toEqual(digests.get('containerd'));
    expect(digests.get('containerd platforms')).toHaveLength(3);
    expect(digests.get('classic platforms')).toEqual(digests.get('containerd platforms'));
  });
});
