import type { AppImage } from '../apps/app-image';
import { api } from './fixtures/app-images';
import { imageFiles } from './image-files';
import { runners, type ImageSettings } from './image-settings';

const dockerfile = (settings: Partial<ImageSettings>, existing?: string, image: AppImage = api) =>
  imageFiles(image, { dockerfile: existing }, settings).get('apps/api/Dockerfile') ?? '';

/** The app with a file more in its library. */
const withFile = (file: string): AppImage => ({
  ...api,
  closure: {
    ...api.closure,
    packages: api.closure.packages.map((each) => ({ ...each, otherFiles: [...each.otherFiles, file] })),
  },
});
const withCpp = withFile('libs/log/sum.cc');
const golang = /^FROM --platform=\$BUILDPLATFORM (\S+) AS base$/m;
const runner = /^FROM (\S+) AS runner$/m;
const flags = /-ldflags="([^"]*)" \\\n {6}-o \/out\/api /;
const found = (text: string) => [golang, runner, flags].map((pattern) => pattern.exec(text)?.[1]);

describe('a program with cgo', () => {
  it.each([
    ['distroless', 'glibc', 'golang:1.26.8', 'gcr.io/distroless/base-debian13:nonroot', '-s -w'],
    ['debian', 'glibc', 'golang:1.26.8', 'debian:trixie-slim', '-s -w'],
    ['alpine', 'musl', 'golang:1.26.8-alpine', 'alpine:3.22', '-s -w'],
    ['scratch', 'static', 'golang:1.26.8-alpine', 'scratch', '-s -w -linkmode=external -extldflags=-static'],
  ] as const)('is linked on %s as %s', (standsOn, link, base, image, linkerFlags) => {
    const text = dockerfile({ runner: standsOn, cgo: true });
    expect(found(text)).toEqual([base, image, linkerFlags]);
    expect(text).toMatch(new RegExp(`^# go-docker:begin builder .*cgo=${link}$`, 'm'));
    expect(text).toContain('CGO_ENABLED=1 GOOS="$TARGETOS"');
    expect(text.includes('RUN apk add --no-cache gcc musl-dev\n')).toBe(base.endsWith('-alpine'));
    expect(text.includes('target=/root/.cache/go-build,id=go-build-musl \\\n')).toBe(
      base.endsWith('-alpine'),
    );
    expect(dockerfile({}, text)).toBe(text);
  });

  it.each([
    ['distroless', 'gcr.io/distroless/cc-debian13:nonroot', '-s -w'],
    ['alpine', 'alpine:3.22', "-s -w -extldflags '-static-libstdc++ -static-libgcc'"],
  ] as const)('brings the library of C++ on %s where it holds C++', (standsOn, image, linkerFlags) => {
    const text = dockerfile({ runner: standsOn, cgo: true }, undefined, withCpp);
    expect(found(text).slice(1)).toEqual([image, linkerFlags]);
    expect(text.includes('RUN apk add --no-cache g++ musl-dev\n')).toBe(standsOn === 'alpine');
    expect(dockerfile({ runner: 'distroless', cgo: true }, undefined, withFile('libs/log/sum.c'))).toContain(
      'FROM gcr.io/distroless/base-debian13:nonroot AS runner\n',
    );
  });

  it('stops in builder where the platform is not that of the machine', () => {
    const text = dockerfile({ cgo: true });
    expect(text).toContain('ARG BUILDARCH\n');
    expect(text).toContain('    if [ "$TARGETARCH" != "$BUILDARCH" ]; then \\\n');
    expect(dockerfile({})).not.toContain('BUILDARCH');
  });

  it('is refused for several architectures, not for two variants of one', () => {
    expect(() => dockerfile({ cgo: true, platforms: ['linux/amd64', 'linux/arm64'] })).toThrow(
      'A program with cgo is compiled for the architecture of the machine that builds alone, not for linux/amd64 and linux/arm64\n' +
        '→ Choose one of them, such as --platforms=linux/amd64, or leave out --cgo.',
    );
    expect(() => dockerfile({ cgo: true, platforms: ['linux/amd64', 'linux/amd64/v3'] })).not.toThrow();
  });

  it('gets from Alpine what modules from private sources are fetched with', () => {
    const settings = { runner: 'alpine', private: ['git.example.com/*'], auth: ['ssh'] } as const;
    expect(dockerfile({ ...settings, cgo: true, upx: true })).toContain(
      'RUN apk add --no-cache gcc musl-dev git openssh-client upx\n',
    );
  });
});

describe('cgo for an app that has a Dockerfile', () => {
  it.each(runners.filter((each) => each !== 'distroless'))(
    'is linked as its runner stage on %s needs it',
    (each) => {
      const before = dockerfile({ runner: each });
      const after = dockerfile({ cgo: true }, before);
      expect(after).toBe(dockerfile({ runner: each, cgo: true }));
      expect(dockerfile({ cgo: false }, after)).toBe(before);
    },
  );

  it('is refused where the runner stage has no C library, with the line to write', () => {
    const before = dockerfile({ runner: 'distroless' });
    const line = before.split('\n').findIndex((each) => each.endsWith('AS runner')) + 1;
    expect(() => dockerfile({ cgo: true }, before)).toThrow(
      `apps/api/Dockerfile:${line}: gcr.io/distroless/static-debian13:nonroot has no C library, and the runner stage is yours\n` +
        '→ Write `FROM gcr.io/distroless/base-debian13:nonroot AS runner` there and run setup again, or write the file anew with --force.',
    );
    const base = before.replace('static-debian13', 'base-debian13');
    expect(dockerfile({ cgo: true }, base)).toContain(' cgo=glibc\n');
    expect(() => dockerfile({ cgo: true }, base, withCpp)).toThrow(
      /has no libstdc\+\+.*\n→ Write `FROM gcr.io\/distroless\/cc-debian13:nonroot AS runner`/,
    );
  });

  it('looks through the stages that the runner stands on', () => {
    const before = dockerfile({ runner: 'alpine' }).replace(
      'FROM alpine:3.22 AS runner',
      'FROM alpine:3.22 AS common\nFROM common AS runner',
    );
    expect(dockerfile({ cgo: true }, before)).toContain(' cgo=musl\n');
  });
});
