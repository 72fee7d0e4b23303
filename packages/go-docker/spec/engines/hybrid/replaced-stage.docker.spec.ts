import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { imageStores, requireImageStore } from '../image-stores';
import { compilePackages, ImageWorkspace } from '../image-workspace';

jest.setTimeout(5 * 60_000);

const repository = join(__dirname, '../../../../..');
const goVersion =
  /^go (\S+)$/m.exec(readFileSync(join(repository, 'examples/shop/go.work'), 'utf8'))?.[1] ?? '';
const platforms = ['linux/arm64', 'linux/amd64', 'linux/arm/v7'];

/** Its stage is for the machine that builds, whatever the image is for, and has files of several owners and modes. */
const DOCKERFILE = `FROM --platform=$BUILDPLATFORM golang:${goVersion} AS builder
ARG TARGETOS TARGETARCH TARGETVARIANT
WORKDIR /src
COPY app .
RUN mkdir -p /out/tmp && CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -o /out/app .
COPY --chown=1000:1001 --chmod=0640 app/main.txt /out/data/secret.txt
COPY --chmod=4755 app/main.txt /out/tool
FROM scratch AS runner
COPY --from=builder /out /
COPY --from=builder --chown=65532 /out/data /owned
`;

beforeAll(compilePackages, 60_000);

describe.each(imageStores)(
  'a stage that this machine builds for BuildKit, in the $store image store',
  (imageStore) => {
    let workspace: ImageWorkspace;

    beforeAll(() => {
      requireImageStore(imageStore);
      const env = { ...process.env, ...imageStore.env };
      const bases = [join(repository, 'tools/base-images.mjs'), `golang:${goVersion}`];
      execFileSync(process.execPath, bases, { env, stdio: 'pipe' });
      workspace = new ImageWorkspace(DOCKERFILE, imageStore.env);
      workspace.write('app/go.mod', `module example.com/app\n\ngo ${goVersion}\n`);
      workspace.write(
        'app/main.go',
        'package main\n\nimport "runtime"\n\nfunc main() { println(runtime.GOARCH) }\n',
      );
      workspace.write('app/Dockerfile.dockerignore', '**\n!app/go.mod\n!app/*.go\n!app/main.txt\n');
    });
    afterAll(() => workspace.remove());

    it('gives each platform its own files, with their modes and owners', async () => {
      expect(await workspace.image({ engine: 'docker', platforms })).toMatchObject({ exitCode: 0 });
      const docker = workspace.imageJson();
      const ended = await workspace.image({ engine: 'hybrid', platforms });
      expect(ended).toMatchObject({ exitCode: 0 });
      expect(ended.stderr).not.toMatch(/RUN .*go build/);
      const { images } = workspace.imageJson();
      expect(images).toEqual(docker.images);
      expect(images.map(({ platform }) => platform)).toEqual(platforms);
      // Three programs, not one three times.
      expect(new Set(images.map(({ digest }) => digest)).size).toBe(3);
      const files = images[0]?.layers.map(({ digest }) => listing(workspace, digest)).join('') ?? '';
      expect(files).toMatch(/^-rw-r----- 1000\/1001 .* data\/secret\.txt$/m);
      expect(files).toMatch(/^-rwsr-xr-x 0\/0 .* tool$/m);
      expect(files).toMatch(/^-rw-r----- 65532\/65532 .* owned\/secret\.txt$/m);
      expect(workspace.temporaryTags(ended)).toEqual([]);
    });

    it('does not go with a pull of all that has a name, where it has one', async () => {
      const before = workspace.imageJson();
      const { exitCode, stderr } = await workspace.image({ engine: 'hybrid', platforms, pull: true });
      if (imageStore.store === 'containerd') expect(exitCode).toBe(0);
      else {
        expect(exitCode).toBe(1);
        expect(stderr).toContain('cannot ask for newer base images with Docker’s classic image store');
      }
      expect(workspace.imageJson()).toEqual(before);
    });
  },
);

function listing({ root }: ImageWorkspace, digest: string): string {
  const blob = join(root, 'dist/images/app/oci/blobs/sha256', digest.slice('sha256:'.length));
  return execFileSync('tar', ['--list', '--verbose', '--numeric-owner', '--gzip', `--file=${blob}`], {
    encoding: 'utf8',
  });
}
