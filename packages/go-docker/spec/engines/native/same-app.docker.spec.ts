import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diskFileSystem, readGoWorkspace } from '@go-docker/go-workspace';
import { appImageOf } from '../../../src/apps/app-image';
import { imageFiles } from '../../../src/dockerfile/image-files';
import type { ImageSettings } from '../../../src/dockerfile/image-settings';
import { imageStores, requireImageStore } from '../image-stores';
import { TwoEngines } from './two-engines';

jest.setTimeout(5 * 60_000);

const repository = join(__dirname, '../../../../..');
const goVersion =
  /^go (\S+)$/m.exec(readFileSync(join(repository, 'examples/shop/go.work'), 'utf8'))?.[1] ?? '';
const baseImages = [
  `golang:${goVersion}`,
  'gcr.io/distroless/static-debian13:nonroot',
  'alpine:3.22',
  'debian:trixie-slim',
];

const goMod = (path: string, more = '') => `module ${path}\n\ngo ${goVersion}\n${more}`;

const FILES = {
  'go.work': `go ${goVersion}\n\nuse (\n\t./apps/api\n\t./apps/other\n\t./libs/log\n)\n`,
  'apps/api/go.mod': goMod('example.com/shop/api', '\nrequire example.com/shop/log v0.0.0\n'),
  'apps/api/main.go': `package main

import (
	"embed"
	"os"

	"example.com/shop/log"
)

//go:embed pages *.txt
var files embed.FS

func main() {
	page, _ := files.ReadFile("robots.txt")
	os.Stdout.WriteString(log.Name + string(page))
}
`,
  'apps/api/main_test.go': 'package main\n',
  'apps/api/pages/[id].html': 'page',
  'apps/api/robots.txt': 'robots',
  'apps/api/templates/hello.html': 'asset',
  'apps/api/templates/deep/er.html': 'asset',
  'apps/other/go.mod': goMod('example.com/shop/other'),
  'libs/log/go.mod': goMod('example.com/shop/log'),
  'libs/log/log.go': 'package log\n\nconst Name = "log"\n',
};

describe('a generated Dockerfile', () => {
  const workspaces: TwoEngines[] = [];

  beforeAll(() => {
    imageStores.slice(0, 1).forEach(requireImageStore);
    execFileSync(process.execPath, [join(repository, 'tools/base-images.mjs'), ...baseImages], {
      stdio: 'pipe',
    });
  });
  afterAll(() => workspaces.forEach((each) => each.remove()));

  const app = (settings: Partial<ImageSettings>) => {
    const workspace = new TwoEngines();
    workspaces.push(workspace);
    for (const [path, text] of Object.entries(FILES)) workspace.write(path, text);
    const dockerfile = 'apps/api/Dockerfile';
    const image = appImageOf(readGoWorkspace(diskFileSystem(workspace.root)), dockerfile, '');
    if (!image) throw new Error('no app');
    imageFiles(image, {}, settings).forEach((text, path) => workspace.write(path, text));
    return { workspace, dockerfile };
  };

  it.each([
    { runner: 'scratch', assets: ['apps/api/templates'] },
    { runner: 'distroless', port: 8080, healthcheck: '/healthz' },
    { runner: 'alpine', depsCache: 'mount' },
    { runner: 'debian', assets: ['apps/api/templates'] },
  ] as const)('gives the same image on both engines: $runner', async (settings) => {
    const { workspace, dockerfile } = app(settings);
    const { docker, native } = await workspace.both({ dockerfile });
    expect(native).toEqual(docker);
  });

  it('gives the same images for several platforms', async () => {
    const { workspace, dockerfile } = app({ runner: 'scratch' });
    const platforms = ['linux/arm64', 'linux/amd64', 'linux/amd64/v2', 'linux/arm/v7', 'linux/riscv64'];
    const { docker, native } = await workspace.both({ dockerfile, platforms });
    expect(native).toEqual(docker);
    expect(native.map(({ platform }) => platform)).toEqual(platforms);
  });

  it('of its owner gives the same image, with another image of Go and a script of its own', async () => {
    const tag = `go-docker-spec-native/go:${process.pid}`;
    execFileSync('docker', ['tag', `golang:${goVersion}`, tag]);
    try {
      const { workspace } = app({ runner: 'scratch' });
      workspace.write('.dockerignore', '**\n!apps\n!libs\n!go.work\n**/*_test.go\n');
      workspace.write(
        'Dockerfile',
        `ARG GO=${tag}
FROM --platform=$BUILDPLATFORM $GO AS build
ARG VERSION=dev
ENV CGO_ENABLED=0 GOFLAGS=-trimpath
WORKDIR /go/src/shop
COPY . .
RUN --mount=type=cache,target=/root/.cache/go-build <<EOF
set -eux
mkdir -p /dist/bin "/dist/empty"
cd apps/api
go build -trimpath -ldflags "-X main.version=$VERSION" -o /dist/bin/ ./...
EOF
FROM build AS more
RUN ["go", "build", "-trimpath", "-o", "/dist/second", "example.com/shop/api"]
FROM scratch AS runner
COPY --from=more --chown=65532:65532 /dist /app/
COPY --from=build /go/src/shop/apps/api/templates /templates
`,
      );
      const { docker, native } = await workspace.both({ buildArgs: { VERSION: 'v1.2.3' } });
      expect(native).toEqual(docker);
    } finally {
      execFileSync('docker', ['image', 'rm', tag]);
    }
  });
});
