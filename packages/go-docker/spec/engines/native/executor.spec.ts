import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyLayout } from '@go-docker/oci-image';
import { compilePackages, ImageWorkspace } from '../image-workspace';

jest.setTimeout(120_000);

const go = /go(\d\S*)/.exec(execFileSync('go', ['version'], { encoding: 'utf8' }))?.[1] ?? '';
const DOCKERFILE = `FROM --platform=$BUILDPLATFORM golang:${go} AS builder
WORKDIR /src
COPY go.mod app ./
ARG TARGETOS TARGETARCH
RUN CGO_ENABLED=0 GOOS="$TARGETOS" GOARCH="$TARGETARCH" go build -trimpath -o /out/app .
FROM scratch AS runner
COPY --from=builder /out/app /app
ENTRYPOINT ["/app"]
`;
const MAIN = 'package main\n\nfunc main() { println("hello") }\n';
const SLOW = 'package main\n\nimport "net/http"\n\nfunc main() { panic(http.ListenAndServe(":80", nil)) }\n';

/** No engine answers there. */
const NO_DOCKER = {
  DOCKER_HOST: 'unix:///nowhere/docker.sock',
  BUILDX_BUILDER: undefined,
  DOCKER_CONTEXT: undefined,
};

beforeAll(compilePackages);

describe('an image without Docker', () => {
  const folders: { remove: () => void }[] = [];
  afterAll(() => folders.forEach((each) => each.remove()));

  const workspace = (main = MAIN) => {
    const made = new ImageWorkspace(DOCKERFILE, NO_DOCKER);
    folders.push(made);
    made.write('go.mod', 'module example.com/app\n\ngo 1.21\n');
    made.write('app/main.go', main);
    return made;
  };
  const temporary = () => {
    const path = mkdtempSync(join(tmpdir(), 'go-docker-spec-'));
    folders.push({ remove: () => rmSync(path, { recursive: true, force: true }) });
    return path;
  };
  const workFoldersIn = (folder: string) =>
    readdirSync(folder).filter((name) => name.startsWith('go-docker-native-'));

  it('is compiled by the Go of this machine, and one line says why', async () => {
    const made = workspace();
    const ended = await made.image();
    expect(ended).toMatchObject({ exitCode: 0 });
    expect(ended.stdout).toContain(
      `engine: native (Docker does not answer, and go${go} is on this machine)\n`,
    );
    expect(await verifyLayout(join(made.root, 'dist/images/app/oci'))).toEqual(made.imageJson().images);
    expect(made.imagesFolder()).toEqual(['app']);
  });

  it('says what is missing where there is neither Docker nor Go', async () => {
    const { exitCode, stderr } = await workspace().image({}, { PATH: temporary() });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      'there is no docker program on the PATH, and there is no go program on the PATH: an image needs one of them\n' +
        '→ install Docker (https://docs.docker.com/get-docker/), or add the folder that it is in to the PATH; or install Go (https://go.dev/dl/)',
    );
  });

  it('has the same digest in another folder, compiled anew', async () => {
    const digests = [];
    for (const made of [workspace(), workspace()]) {
      expect(await made.image({ engine: 'native' }, { GOCACHE: temporary() })).toMatchObject({ exitCode: 0 });
      digests.push(made.imageJson().images[0]?.digest);
    }
    expect(digests[0]).toBe(digests[1]);
  });

  it('is built twice at once without harm', async () => {
    const made = workspace();
    const builds = await Promise.all([made.image(), made.image(), made.image()]);
    expect(builds.filter(({ exitCode }) => exitCode !== 0)).toEqual([]);
    expect(await verifyLayout(join(made.root, 'dist/images/app/oci'))).toEqual(made.imageJson().images);
    expect(made.imagesFolder()).toEqual(['app']);
  });

  it('is made of sources that nobody may write', async () => {
    const made = workspace();
    // Root may write what has no such mode; only another file system stops it.
    const mounted = process.getuid?.() === 0 && process.platform === 'linux';
    const app = join(made.root, 'app');
    if (mounted) {
      execFileSync('mount', ['--bind', app, app]);
      execFileSync('mount', ['-o', 'remount,bind,ro', app]);
    } else chmodSync(app, 0o555);
    try {
      expect(await made.image()).toMatchObject({ exitCode: 0 });
    } finally {
      if (mounted) execFileSync('umount', [app]);
      else chmodSync(app, 0o755);
    }
  });

  it('is left as it was by a build that is interrupted, which leaves nothing and nobody behind', async () => {
    const made = workspace();
    expect(await made.image()).toMatchObject({ exitCode: 0 });
    const before = made.imageJson();
    made.write('app/main.go', SLOW);
    const [cache, TMPDIR] = [temporary(), temporary()];
    const { child, ended } = made.start('image', { progress: 'plain' }, { GOCACHE: cache, TMPDIR });
    await new Promise<void>((resolve) => {
      child.stderr?.on('data', (text: string) => text.includes('go build') && setTimeout(resolve, 1500));
    });
    expect(commandsWith(cache)).not.toEqual([]);
    expect(workFoldersIn(TMPDIR)).toHaveLength(1);
    child.kill('SIGINT');
    expect(await ended).toMatchObject({
      exitCode: 130,
      stderr: expect.stringContaining('Interrupted by SIGINT'),
    });
    expect(made.imageJson()).toEqual(before);
    expect(await verifyLayout(join(made.root, 'dist/images/app/oci'))).toEqual(before.images);
    expect(made.imagesFolder()).toEqual(['app']);
    expect(workFoldersIn(TMPDIR)).toEqual([]);
    expect(commandsWith(cache)).toEqual([]);
  });
});

/** Processes that were started with this text in their environment. */
function commandsWith(text: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(text) && Number(pid) !== process.pid;
      } catch {
        return false;
      }
    });
}
