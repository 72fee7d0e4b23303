import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BASE_IMAGE, imageStores, requireImageStore } from './image-stores';
import { compilePackages, type Ended, ImageWorkspace } from './image-workspace';
import { stoppableDocker } from './stoppable-docker';

jest.setTimeout(60_000);

const GOOD = `FROM ${BASE_IMAGE} AS runner\nCOPY app/main.txt /\n`;
/** What the go command writes for a program that does not compile. */
const BROKEN = `FROM ${BASE_IMAGE} AS builder
RUN --network=none \\
    echo '# example.com/shop/apps/api' >&2; echo 'apps/api/main.go:7:2: undefined: x' >&2; exit 1
FROM ${BASE_IMAGE} AS runner
COPY --from=builder /out /
`;

beforeAll(compilePackages);

describe.each(imageStores)('on the $store image store', (imageStore) => {
  const workspaces: ImageWorkspace[] = [];
  const workspaceOf = (dockerfile: string) => {
    const workspace = new ImageWorkspace(dockerfile, imageStore.env);
    workspaces.push(workspace);
    return workspace;
  };
  const imageOf = (workspace: ImageWorkspace) =>
    readFileSync(join(workspace.root, 'dist/images/app/image.json'), 'utf8');
  const expectNothingLeft = (workspace: ImageWorkspace, ended: Ended) => {
    expect(workspace.imagesFolder()).toEqual(['app']);
    expect(workspace.temporaryTags(ended)).toEqual([]);
  };
  beforeAll(() => requireImageStore(imageStore));
  afterAll(() => workspaces.forEach((workspace) => workspace.remove()));

  it('a failed compiler is the last thing a person reads, and the previous image stays', async () => {
    const workspace = workspaceOf(GOOD);
    await workspace.image();
    const before = imageOf(workspace);
    workspace.write('app/Dockerfile', BROKEN);
    const ended = await workspace.image();
    expect(ended.exitCode).toBe(1);
    expect(ended.stderr).toMatch(
      /\napp\/Dockerfile:2: the image of app was not built: this step failed: \[builder 2\/2\] RUN .*\n# example.com\/shop\/apps\/api\napps\/api\/main.go:7:2: undefined: x\n\n$/,
    );
    expect(imageOf(workspace)).toBe(before);
    expectNothingLeft(workspace, ended);
  });

  it('a stage that adds nothing to its base is refused with the Dockerfile, not with a file that is gone', async () => {
    const workspace = workspaceOf(`FROM ${BASE_IMAGE} AS runner\n`);
    const ended = await workspace.image();
    expect(ended.exitCode).toBe(1);
    expect(ended.stderr).toMatch(
      /\napp\/Dockerfile: stage "runner": nothing in the image was added by this build .*\n→ let the stage add something to its base; /,
    );
    expect(workspace.imagesFolder()).toEqual([]);
  });

  it('progress "quiet" prints that and nothing else', async () => {
    const { stderr } = await workspaceOf(BROKEN).image({ progress: 'quiet' });
    expect(stderr).toMatch(
      /^\napp\/Dockerfile:2: .*\n# example.com\/shop\/apps\/api\napps\/api\/main.go:7:2: undefined: x\n\n$/,
    );
  });

  it('a terminal shows what BuildKit draws, and the lines of the failed step once more', async () => {
    const { exitCode, stdout } = await workspaceOf(BROKEN).onTerminal({});
    expect(exitCode).toBe(1);
    expect(stdout).toContain('[+] Building');
    expect(stdout.replaceAll('\r', '')).toMatch(
      /\d apps\/api\/main.go:7:2: undefined: x\n[^]*app\/Dockerfile: the image of app was not built: docker buildx build ended with exit code 1\n→ /,
    );
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s in the middle ends the build and leaves nothing', async (signal, exitCode) => {
    const workspace = workspaceOf(GOOD);
    await workspace.image();
    const before = imageOf(workspace);
    // A duration that no other process on the machine sleeps for.
    const duration = `${process.pid}${exitCode}`;
    workspace.write('app/Dockerfile', `FROM ${BASE_IMAGE} AS runner\nRUN --network=none sleep ${duration}\n`);
    const build = workspace.start('image', { progress: 'plain', noCache: true });
    await until(() => isSleeping(duration));
    build.child.kill(signal);
    const ended = await build.ended;
    expect(ended).toMatchObject({ exitCode });
    expect(ended.stderr).toMatch(`\nInterrupted by ${signal}\n`);
    await until(() => !isSleeping(duration));
    expect(imageOf(workspace)).toBe(before);
    expectNothingLeft(workspace, ended);
  });

  it('a daemon that stops in the middle is named, and the previous image stays', async () => {
    const workspace = workspaceOf(GOOD);
    await workspace.image();
    const before = imageOf(workspace);
    const duration = `${process.pid}999`;
    workspace.write('app/Dockerfile', `FROM ${BASE_IMAGE} AS runner\nRUN --network=none sleep ${duration}\n`);
    const docker = await stoppableDocker(imageStore.env);
    const build = workspace.start(
      'image',
      { progress: 'plain', noCache: true },
      { DOCKER_HOST: docker.host },
    );
    await until(() => isSleeping(duration));
    docker.stop();
    const ended = await build.ended;
    expect(ended.exitCode).toBe(1);
    expect(ended.stderr).toContain('the image of app was not built: Docker stopped answering\n');
    expect(ended.stderr).toContain(`→ start the engine that DOCKER_HOST names (${docker.host})`);
    expect(imageOf(workspace)).toBe(before);
    expectNothingLeft(workspace, ended);
    await until(() => !isSleeping(duration));
  });

  it('a full disk is named, and the previous image stays', async () => {
    const workspace = workspaceOf(`FROM scratch AS runner\nCOPY app/main.txt /\n`);
    const folder = join(workspace.root, 'dist/images');
    mkdirSync(folder, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]);
    try {
      expect(await workspace.image()).toMatchObject({ exitCode: 0 });
      const before = imageOf(workspace);
      workspace.write('app/Dockerfile', GOOD);
      const ended = await workspace.image();
      expect(ended.exitCode).toBe(1);
      expect(ended.stderr).toContain(
        '\nthe image of app was not built: no space is left on the disk of dist/images/app\n→ make room there and build again; the previous image is whole\n',
      );
      expect(imageOf(workspace)).toBe(before);
      expectNothingLeft(workspace, ended);
    } finally {
      execFileSync('umount', [folder]);
    }
  });

  it('a Dockerfile that BuildKit does not read is shown with its line', async () => {
    const { stderr } = await workspaceOf(`FROM ${BASE_IMAGE} AS runner\nCOPY --nope=x a /\n`).image({
      progress: 'quiet',
    });
    expect(stderr).toMatch(/^\napp\/Dockerfile:2: the image of app was not built: .*unknown flag: (--)?nope/);
  });

  it('an engine that does not answer is named, with what to do', async () => {
    const { exitCode, stderr } = await workspaceOf(GOOD).image(
      { engine: 'docker' },
      { DOCKER_HOST: 'unix:///nowhere.sock' },
    );
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr:
        '\nDocker does not answer\nCannot connect to the Docker daemon at unix:///nowhere.sock. Is the docker daemon running?\n' +
        '→ start the engine that DOCKER_HOST names (unix:///nowhere.sock), or unset DOCKER_HOST to use the local one\n\n',
    });
  });

  it('a machine without docker is told where to get it', async () => {
    const { exitCode, stderr } = await workspaceOf(GOOD).image({ engine: 'docker' }, { PATH: '/nowhere' });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^\nthere is no docker program on the PATH\n→ install Docker/);
  });

  it('a builder that is not there is named', async () => {
    const { stderr } = await workspaceOf(GOOD).image({ builder: 'no-such-builder' });
    expect(stderr).toMatch(
      /^\nbuildx has no builder "no-such-builder"\n→ `docker buildx ls` lists the builders/,
    );
  });

  it('load says so too when Docker does not answer', async () => {
    const workspace = workspaceOf(GOOD);
    await workspace.image();
    const { exitCode, stderr } = await workspace.load({}, { DOCKER_HOST: 'unix:///nowhere.sock' });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^\nDocker does not answer\nCannot connect to the Docker daemon at unix:\/\/\/nowhere.sock/,
    );
  });
});

it('the classic image store is swept of tags that killed builds left behind, and of no others', async () => {
  const classic = imageStores.find(({ store }) => store === 'classic');
  const workspace = new ImageWorkspace(GOOD, classic?.env ?? {});
  const tagOf = (milliseconds: number) => `go-docker-build:${milliseconds.toString(36)}-1-00000000`;
  const old = tagOf(Date.UTC(2020, 0, 1));
  const recent = tagOf(Date.now() - 60_000);
  try {
    for (const tag of [old, recent]) workspace.docker('image', 'tag', BASE_IMAGE, tag);
    expect(await workspace.image()).toMatchObject({ exitCode: 0 });
    const tags = workspace.docker('image', 'ls', '--format', '{{.Repository}}:{{.Tag}}', 'go-docker-build');
    expect(
      tags
        .trim()
        .split('\n')
        .filter((tag) => [old, recent].includes(tag)),
    ).toEqual([recent]);
  } finally {
    workspace.docker('image', 'rm', recent);
    workspace.remove();
  }
});

function isSleeping(duration: string): boolean {
  return readdirSync('/proc').some((name) => commandLine(name) === `sleep\0${duration}\0`);
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // no process, or one that ended meanwhile
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (const end = Date.now() + 20_000; !condition();) {
    if (Date.now() > end) throw new Error(`waited in vain for ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
