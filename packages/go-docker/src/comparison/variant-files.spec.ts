import type { AppImage } from '../apps/app-image';
import { api } from '../dockerfile/fixtures/app-images';
import { blockOptions, imageFiles } from '../dockerfile/image-files';
import type { ImageSettings } from '../dockerfile/image-settings';
import { certificatesFile } from '../dockerfile/rootfs';
import type { ComparedApp } from './compared-app';
import { ownLines } from './own-lines';
import { ownRunner } from './own-runner';
import { variantFiles } from './variant-files';

const FOLDER = 'dist/image-compare/.variants';

/** The app of an existing Dockerfile. */
function appWith(text: string, over: Partial<ComparedApp> = {}): ComparedApp {
  const image: AppImage = api;
  return {
    platform: 'linux/amd64',
    isOurs: true,
    options: blockOptions(image, text, { platforms: ['linux/amd64'] }),
    runner: ownRunner(text, image.dockerfile, 'runner'),
    shared: new Set(),
    imageFor: () => image,
    notes: [],
    ...over,
  };
}

const generated = (settings: Partial<ImageSettings>) =>
  imageFiles(api, {}, settings).get('apps/api/Dockerfile') ?? '';

const dockerfileOf = (app: ComparedApp, ...[base, program]: [never, never] | string[]) => {
  const variant = { base, program } as Parameters<typeof variantFiles>[1];
  const { dockerfile, texts } = variantFiles(app, variant, FOLDER);
  return texts.get(dockerfile) ?? '';
};

/** What builds the image: all but comments, and the path of the Dockerfile is in one. */
const said = (text: string) =>
  text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replaceAll(`${FOLDER}/rootfs`, 'tools/go-docker/rootfs');

describe('the Dockerfile of a variant', () => {
  it.each(['distroless', 'scratch', 'alpine', 'debian'] as const)(
    'is the one that setup writes, whatever the app stands on: %s',
    (base) => {
      const settings = { port: 8080, assets: ['apps/api/pages'], healthcheck: '/healthz' };
      const app = appWith(generated({ ...settings, runner: 'distroless' }));
      const expected = generated({ ...settings, runner: base, dev: false });
      expect(said(dockerfileOf(app, base, 'stripped'))).toBe(said(expected));
    },
  );

  it('differs by the flags of the linker where the program is not stripped', () => {
    const app = appWith(generated({}));
    const plain = dockerfileOf(app, 'scratch', 'plain');
    expect(plain).toContain('go build -trimpath -buildvcs=false -tags=timetzdata \\\n');
    expect(said(plain)).toBe(said(dockerfileOf(app, 'scratch', 'stripped')).replace(' -ldflags="-s -w"', ''));
  });

  it('packs the program where UPX is asked for, also of an app that is packed already', () => {
    for (const upx of [true, false]) {
      const app = appWith(generated({ upx }));
      expect(dockerfileOf(app, 'alpine', 'upx')).toContain(
        'RUN --network=none upx --quiet --lzma /out/api\n',
      );
      expect(dockerfileOf(app, 'alpine', 'stripped')).not.toContain('upx');
    }
  });

  it('keeps what the app has chosen: tags of its own, its base, its release of Go and that image', () => {
    const digest = `sha256:${'ab'.repeat(32)}`;
    const text = generated({ runner: 'alpine', depsCache: 'mount' })
      .replace('begin base', `begin base goVersion=1.26.9 digest=${digest}`)
      .replace('tags=timetzdata', 'tags=timetzdata,nomsgpack')
      .replace('FROM alpine:3.22', 'FROM registry.example.com/alpine:3.21');
    const app = appWith(text);
    const alpine = dockerfileOf(app, 'alpine', 'stripped');
    expect(alpine).toContain('FROM registry.example.com/alpine:3.21 AS runner\n');
    expect(alpine).toContain(`golang:1.26.9@${digest} AS base\n`);
    expect(alpine).toContain('-tags=timetzdata,nomsgpack');
    expect(alpine).toContain('--mount=type=cache,target=/go/pkg/mod');
    const distroless = dockerfileOf(app, 'distroless', 'stripped');
    expect(distroless).toContain('-tags=nomsgpack');
    expect(distroless).toContain('FROM gcr.io/distroless/static-debian13:nonroot AS runner\n');
  });

  it.each([
    ['distroless', 'nomsgpack,timetzdata'],
    ['alpine', 'nomsgpack,timetzdata'],
    ['alpine', 'nomsgpack'],
  ] as const)('has on the base of the app, %s, the very tags of the app: %s', (runner, tags) => {
    const settings = { runner, dev: false } as const;
    const text = generated(settings)
      .replace('binary=api tags=timetzdata', 'binary=api')
      .replace('binary=api', `binary=api tags=${tags}`);
    const app = appWith(text);
    for (const program of ['plain', 'stripped', 'upx']) {
      expect(dockerfileOf(app, runner, program)).toMatch(new RegExp(` -tags=${tags} `));
    }
    // Of another base, setup says whether it needs the zones.
    expect(dockerfileOf(app, 'debian', 'plain')).toContain(' -tags=timetzdata,nomsgpack ');
  });

  it('links C code with the C library of its base', () => {
    const text = generated({ runner: 'debian', cgo: true, platforms: ['linux/amd64'] });
    const app = appWith(text);
    expect(dockerfileOf(app, 'scratch', 'stripped')).toContain('-linkmode=external -extldflags=-static"');
    expect(dockerfileOf(app, 'scratch', 'plain')).toContain(
      '-ldflags="-linkmode=external -extldflags=-static"',
    );
    expect(dockerfileOf(app, 'alpine', 'stripped')).toContain('golang:1.26.8-alpine AS base\n');
    expect(dockerfileOf(app, 'distroless', 'stripped')).toContain(
      'FROM gcr.io/distroless/base-debian13:nonroot AS runner\n',
    );
  });
});

describe('the files of a variant', () => {
  it('lie in its folder alone, the shared ones that the workspace lacks among them', () => {
    const app = appWith(generated({}));
    const { texts } = variantFiles(app, { base: 'scratch', program: 'stripped' }, FOLDER);
    expect([...texts.keys()]).toEqual([
      `${FOLDER}/scratch-stripped.Dockerfile`,
      `${FOLDER}/scratch-stripped.Dockerfile.dockerignore`,
      `${FOLDER}/rootfs/etc/ssl/certs/ca-certificates.crt`,
      `${FOLDER}/rootfs/etc/passwd`,
      `${FOLDER}/rootfs/etc/group`,
    ]);
    expect(texts.get(`${FOLDER}/scratch-stripped.Dockerfile.dockerignore`)).toContain(
      `\n!${FOLDER}/rootfs/etc/passwd\n`,
    );
  });

  it('are copied from where the workspace has them: a company puts its own certificates there', () => {
    const app = appWith(generated({}), { shared: new Set([certificatesFile]) });
    const { dockerfile, texts } = variantFiles(app, { base: 'scratch', program: 'stripped' }, FOLDER);
    expect([...texts.keys()]).not.toContain(`${FOLDER}/rootfs/etc/ssl/certs/ca-certificates.crt`);
    expect(texts.get(dockerfile)).toContain(`COPY --chmod=644 ${certificatesFile} /etc/ssl/certs/\n`);
    expect(texts.get(dockerfile)).toContain(`COPY --chmod=644 ${FOLDER}/rootfs/etc/passwd `);
  });

  it('let in what the owner of the app lets in', () => {
    const dockerignore = '# go-docker:begin context\n**\n# go-docker:end context\n!libs/native/include\n';
    const app = appWith(generated({}), { dockerignore });
    const { dockerfile, texts } = variantFiles(app, { base: 'alpine', program: 'plain' }, FOLDER);
    expect(texts.get(`${dockerfile}.dockerignore`)).toMatch(
      /\n!apps\/api\/\*\.go\n[^]*\n!libs\/native\/include\n$/,
    );
  });
});

describe('the Dockerfile of a single stage', () => {
  it('compiles and runs in one image, and has no block of ours', () => {
    const app = appWith(generated({ port: 8080, assets: ['apps/api/pages'], runner: 'alpine' }));
    expect(said(dockerfileOf(app, 'single-stage', 'stripped'))).toBe(
      `FROM golang:1.26.8 AS runner
WORKDIR /src
COPY . .
COPY <<'EOF' go.work
${api.goWork ?? ''}EOF

RUN go build -ldflags="-s -w" -o /usr/local/bin/api ./apps/api
WORKDIR /app
COPY apps/api/pages pages
EXPOSE 8080
CMD ["api"]
`,
    );
    expect(dockerfileOf(app, 'single-stage', 'plain')).toContain(
      'RUN go build -o /usr/local/bin/api ./apps/api\n',
    );
  });
});

describe('the notes on an app’s own lines', () => {
  const notesOf = (text: string) =>
    ownLines(api, text, blockOptions(api, text), ownRunner(text, api.dockerfile, 'runner'));

  it.each(['distroless', 'scratch', 'alpine', 'debian'] as const)(
    'are none for what setup wrote: %s',
    (runner) => {
      const settings = { runner, port: 8080, assets: ['apps/api/pages'], healthcheck: '/healthz' };
      expect(notesOf(generated(settings))).toEqual([]);
      expect(notesOf(generated({ ...settings, dev: false, stages: ['test'] }))).toEqual([]);
    },
  );

  it('name the lines', () => {
    const text = generated({ runner: 'alpine', dev: false });
    const lines = text.split('\n');
    const at = lines.findIndex((line) => line.startsWith('FROM alpine')) + 1;
    lines.splice(at, 0, 'RUN apk add --no-cache curl', 'ENV GIN_MODE=release');
    lines.splice(at + 4, 0, 'STOPSIGNAL SIGQUIT');
    expect(notesOf(lines.join('\n'))).toEqual([
      `apps/api/Dockerfile has lines of its own, which nothing here has: ${at + 1}–${at + 2}, ${at + 5}`,
    ]);
  });

  it('name a base of its own, and a Dockerfile that is not ours', () => {
    expect(notesOf(generated({}).replace(/^FROM gcr\S+/m, 'FROM ubuntu:24.04'))).toEqual([
      'the runner of apps/api/Dockerfile stands on ubuntu:24.04, and its own lines are not in what is compared',
    ]);
    expect(notesOf('FROM alpine:3.22 AS runner\n')).toEqual([
      "apps/api/Dockerfile is not one of go-docker's: what is compared is what setup would write for the app",
    ]);
  });
});
