import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { classicStore, containerdStore, requireDocker, uniqueName } from './docker/docker';
import { binaryPath, fileOf, readLayout, readSingleImage, sha256 } from './images/layout';
import { createSetUpWorkspace, mustSucceed } from './workspace/set-up';
import { snapshot } from './workspace/snapshot';
import { removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(10 * 60_000);

const SECRET = 'tr0ub4dor & $(three) ${words}';

describe('options of nx run api:image', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    await requireDocker(containerdStore);
    await requireDocker(classicStore);
    workspace = await createSetUpWorkspace({ copyOf: 'e2e/fixtures/work' }, ['--runner=scratch']);
  });
  afterAll(removeWorkspaces);
  beforeEach(async () => {
    for (const path of ['apps/api/Dockerfile', 'apps/api/project.json']) restore(path);
  });

  const original = new Map<string, string>();
  const restore = (path: string) => {
    const text = original.get(path) ?? workspace.read(path);
    original.set(path, text);
    workspace.write(path, text);
  };
  /** Lines of the user's own: a stage before the runner, and more of the runner. */
  const editDockerfile = (stage: string, runner: string) => {
    workspace.edit(
      'apps/api/Dockerfile',
      /^FROM \S+ AS runner$/m,
      `${stage}\nFROM scratch AS runner\n${runner}`,
    );
  };
  const setOptions = (options: object) => {
    const project = JSON.parse(workspace.read('apps/api/project.json')) as Record<string, unknown>;
    workspace.write('apps/api/project.json', JSON.stringify({ ...project, targets: { image: { options } } }));
  };
  const build = async (env: NodeJS.ProcessEnv = {}) => {
    const output = await mustSucceed(workspace, ['run', 'api:image'], env);
    return { output, image: () => readSingleImage(workspace.path('dist/images/api')) };
  };

  it('platforms: one image for each, in the order they were named, the same on both image stores', async () => {
    const imagePath = workspace.path('dist/images/api');
    const args = ['run', 'api:image', '--platforms=linux/arm64,linux/amd64', '--skip-nx-cache'];
    await mustSucceed(workspace, args);

    const images = readLayout(imagePath);
    expect(images.map((image) => image.platform)).toEqual(['linux/arm64', 'linux/amd64']);
    const machines = await Promise.all(
      images.map(async (image) => (await fileOf(image, binaryPath(image))).readUInt16LE(18)),
    );
    // e_machine of an ELF file: EM_AARCH64 is 183, EM_X86_64 is 62.
    expect(machines).toEqual([183, 62]);

    const onContainerd = snapshot(imagePath);
    await mustSucceed(workspace, args, classicStore.env);
    expect(snapshot(imagePath)).toEqual(onContainerd);
  });

  it('buildArgs and labels arrive as they were written, whatever is in them', async () => {
    editDockerfile('', 'ARG GREETING\nENV GREETING=$GREETING');
    const text = 'a "quoted" $(date) ${HOME} `id` \\ = ü';
    setOptions({ buildArgs: { GREETING: text }, labels: { 'org.opencontainers.image.title': text } });

    const { image } = await build();

    expect(image().config.config.Env).toContain(`GREETING=${text}`);
    expect(image().config.config.Labels).toMatchObject({ 'org.opencontainers.image.title': text });
  });

  it.each([
    { from: 'a file', secret: 'id=token,src=token.txt', env: {} },
    { from: 'the environment', secret: 'id=token,env=TOKEN', env: { TOKEN: SECRET } },
  ])('secrets, from $from, reach the build and leave no trace', async ({ secret, env }) => {
    workspace.write('token.txt', SECRET);
    editDockerfile(
      [
        'FROM base AS secret',
        // BuildKit's cache knows the secret's name and not its text: another name for each build.
        `RUN --mount=type=secret,id=token,required : ${uniqueName('build')}; sha256sum < /run/secrets/token > /digest`,
      ].join('\n'),
      'COPY --from=secret /digest /digest',
    );
    setOptions({ secrets: [secret] });

    const { output, image } = await build(env);

    const digest = (await fileOf(image(), '/digest')).toString();
    expect(`sha256:${digest.slice(0, 64)}`).toBe(sha256(SECRET));
    expect(output).not.toContain(SECRET);
    for (const layer of image().layers) expect(layer.tar.includes(SECRET)).toBe(false);
    for (const text of textsOf(workspace.path('dist/images/api'))) expect(text).not.toContain(SECRET);
  });

  it('ssh: the build meets an agent that holds the key', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    workspace.write('key.pem', privateKey.export({ type: 'pkcs1', format: 'pem' }).toString());
    editDockerfile(
      'FROM base AS agent\nRUN --mount=type=ssh,required ssh-add -l > /keys',
      'COPY --from=agent /keys /keys',
    );
    setOptions({ ssh: [`default=${workspace.path('key.pem')}`] });

    const { image } = await build();

    expect((await fileOf(image(), '/keys')).toString()).toMatch(/^2048 SHA256:\S+ .*\(RSA\)$/m);
  });

  it('contexts: a folder of the workspace under a name', async () => {
    workspace.write('docs/notes/hello.txt', 'hello from the notes\n');
    editDockerfile('', 'COPY --from=notes hello.txt /hello.txt');
    setOptions({ contexts: { notes: 'docs/notes' } });

    const { image } = await build();

    expect((await fileOf(image(), '/hello.txt')).toString()).toBe('hello from the notes\n');
  });

  it('target: another stage than the runner', async () => {
    editDockerfile('FROM scratch AS licence\nCOPY <<EOF /LICENSE\nMIT\nEOF', '');

    setOptions({ target: 'licence' });

    const { image } = await build();

    expect((await fileOf(image(), '/LICENSE')).toString()).toBe('MIT\n');
    expect(image().layers).toHaveLength(1);
  });

  it('cacheTo and cacheFrom: what one build exports another takes', async () => {
    setOptions({ cacheTo: ['type=local,dest=dist/build-cache,mode=max'] });
    const first = (await build()).image().digest;
    const index = JSON.parse(workspace.read('dist/build-cache/index.json')) as { manifests: unknown[] };
    expect(index.manifests).toHaveLength(1);

    setOptions({ cacheFrom: ['type=local,src=dist/build-cache'] });
    const { output, image } = await build();

    expect(output).toMatch(/importing cache manifest from local/);
    expect(image().digest).toBe(first);
  });
});

/** index.json, image.json and every blob that is text. */
function textsOf(imagePath: string): string[] {
  return readdirSync(imagePath, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`, 'latin1'));
}
