import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GoDockerError } from '../errors';
import { api, standalone, worker } from './fixtures/app-images';
import { imageFiles } from './image-files';
import { certificatesFile, groupFile, passwdFile } from './rootfs';

const expected = (path: string) => readFileSync(join(__dirname, 'fixtures', path), 'utf8');

describe('the files of a new app', () => {
  it('are a Dockerfile and an ignore file for distroless', () => {
    const files = imageFiles(api, {}, { port: 8080 });
    expect([...files.keys()]).toEqual(['apps/api/Dockerfile', 'apps/api/Dockerfile.dockerignore']);
    expect(files.get('apps/api/Dockerfile')).toBe(expected('distroless/Dockerfile'));
    expect(files.get('apps/api/Dockerfile.dockerignore')).toBe(
      expected('distroless/Dockerfile.dockerignore'),
    );
  });

  it('bring certificates, users, zones and /tmp for scratch, and the assets below /app', () => {
    const assets = ['apps/api/templates', 'libs/log/messages.json'];
    const files = imageFiles(api, {}, { runner: 'scratch', assets });
    expect(files.get('apps/api/Dockerfile')).toBe(expected('scratch/Dockerfile'));
    expect(files.get(passwdFile)).toContain('nonroot:x:65532:65532:');
    expect(files.get(groupFile)).toContain('nonroot:x:65532:');
    expect(files.get(certificatesFile)).toContain('# ISRG Root X1\n-----BEGIN CERTIFICATE-----\n');
    expect(files.get('apps/api/Dockerfile.dockerignore')?.split('\n').slice(-9)).toEqual([
      '',
      '# What the Dockerfile copies or mounts besides',
      '!apps/api/templates',
      '!libs/log/messages.json',
      '!tools/go-docker/rootfs/etc/group',
      '!tools/go-docker/rootfs/etc/passwd',
      '!tools/go-docker/rootfs/etc/ssl/certs/ca-certificates.crt',
      '# go-docker:end context',
      '',
    ]);
  });

  it('record what the user chose: Go release, cache mount and platforms', () => {
    const files = imageFiles(
      worker,
      {},
      {
        runner: 'alpine',
        depsCache: 'mount',
        goVersion: '1.26.9',
        platforms: ['linux/amd64', 'linux/arm/v7'],
      },
    );
    expect(files.get('cmd/worker/Dockerfile')).toBe(expected('alpine/Dockerfile'));
    // Alpine has certificates and users of its own.
    expect([...files.keys()]).toEqual(['cmd/worker/Dockerfile', 'cmd/worker/Dockerfile.dockerignore']);
  });

  it('work in the folder of a module that stands alone', () => {
    const files = imageFiles(standalone, {}, { runner: 'debian' });
    expect(files.get('services/agent/Dockerfile')).toBe(expected('debian/Dockerfile'));
  });

  it('download nothing where a vendor folder holds the modules, and build without a network either way', () => {
    const modules = { ...standalone.closure.modules, isVendored: true };
    const vendored = { ...standalone, closure: { ...standalone.closure, modules } };
    for (const depsCache of ['layer', 'mount'] as const) {
      const dockerfile = imageFiles(vendored, {}, { depsCache }).get('services/agent/Dockerfile');
      expect(dockerfile).not.toContain('go mod download');
      expect(dockerfile).toContain('ENV GOWORK=off\nWORKDIR /src/services/agent\n# go-docker:end deps\n');
      expect(dockerfile).toMatch(/^RUN --network=none .*\n(.*\n)*? +go build /m);
    }
  });

  it('let in the Go files of a package at the workspace root', () => {
    const ignore = imageFiles(worker, {}, {}).get('cmd/worker/Dockerfile.dockerignore');
    expect(ignore).toContain('\n!*.go\n!cmd/worker/*.go\n**/*_test.go\n# go-docker:end context\n');
  });

  it('leave shared files alone that are there already', () => {
    const files = imageFiles(api, { shared: [certificatesFile, passwdFile] }, { runner: 'scratch' });
    expect([...files.keys()]).toEqual([
      'apps/api/Dockerfile',
      'apps/api/Dockerfile.dockerignore',
      'tools/go-docker/rootfs/etc/group',
    ]);
  });

  it('put the block above the lines of an ignore file that was there', () => {
    const files = imageFiles(api, { dockerignore: '!apps/api/LICENSE\n' }, {});
    expect(files.get('apps/api/Dockerfile.dockerignore')).toBe(
      `${expected('distroless/Dockerfile.dockerignore')}\n!apps/api/LICENSE\n`,
    );
  });

  it.each([
    [{ port: 0 }, '0 is not a port\n→ Give a whole number from 1 to 65535.'],
    [{ port: 8080.5 }, '8080.5 is not a port\n→ Give a whole number from 1 to 65535.'],
    [
      { platforms: ['linux'] },
      /^"linux" is not a platform that images are built for\n→ Did you mean linux\/amd64\? Write it as Docker does/,
    ],
    [{ platforms: ['windows/amd64'] }, /^"windows\/amd64" is not a platform/],
    [{ goVersion: 'latest' }, '"latest" is not a Go version\n→ Give it as Go does: 1.26, 1.26.8 or 1.27rc1.'],
    [
      { goVersion: '1.26.7' },
      /^go.work: Go 1.26.7 is older than Go 1.26.8, which api asks for\n→ Choose Go 1.26.8 or later/,
    ],
    [{ assets: ['../secrets'] }, /^The asset "..\/secrets" cannot be used in a Dockerfile\n→ Rename it/],
    [{ assets: ['a$(id)'] }, /^The asset "a\$\(id\)" cannot be used/],
    [{ assets: ['.'] }, 'The whole workspace cannot be an asset\n→ Name the folders the program reads.'],
  ])('are refused for %j', (settings, message) => {
    expect(() => imageFiles(api, {}, settings)).toThrow(message);
    expect(() => imageFiles(api, {}, settings)).toThrow(GoDockerError);
  });

  it('are refused where no Go version is known', () => {
    expect(() => imageFiles({ ...worker, goVersion: undefined }, {}, {})).toThrow(
      /^go.mod: No Go version is known for worker\n→ Add a "go" line to go.mod/,
    );
  });

  it.each(['two\nlines', 'a b', '"', '$HOME', '`id`', "it's", '..', 'a\\b', ''])(
    'are refused where a module lies in the folder %j',
    (folder) => {
      const modules = { ...api.closure.modules, files: [`${folder}/go.mod`] };
      expect(() => imageFiles({ ...api, closure: { ...api.closure, modules } }, {}, {})).toThrow(
        `The path of the module file ${JSON.stringify(`${folder}/go.mod`)} cannot be used in a Dockerfile`,
      );
    },
  );
});

describe('existing files', () => {
  const dockerfile = expected('scratch/Dockerfile');
  const dockerignore = imageFiles(api, {}, { runner: 'scratch' }).get('apps/api/Dockerfile.dockerignore');
  const grown = { ...api, goWork: 'go 1.26.8\n\nuse ./apps/api\n', goVersion: '1.27.0' };

  it('stay as they are, byte for byte, when nothing changed', () => {
    const files = imageFiles(api, { dockerfile, dockerignore }, {});
    expect(files.get('apps/api/Dockerfile')).toBe(dockerfile);
    const again = imageFiles(
      api,
      { dockerfile, dockerignore: files.get('apps/api/Dockerfile.dockerignore') },
      {},
    );
    expect(again).toEqual(files);
  });

  it('keep what the user wrote outside the blocks, and get new blocks', () => {
    const own = `${dockerfile.replace('FROM base AS deps\n', 'FROM base AS deps\nENV GOPRIVATE=example.com\n')}LABEL a=b`;
    const text = imageFiles(grown, { dockerfile: own }, {}).get('apps/api/Dockerfile');
    expect(text).toBe(
      own
        .replace('golang:1.26.8', 'golang:1.27.0')
        .replace(/use \([^)]*\)\n\nreplace.*\n/, 'use ./apps/api\n'),
    );
  });

  it('keep a new ignore line of the user below the block', () => {
    const files = imageFiles(api, { dockerfile, dockerignore: `# mine\n${dockerignore}\n!LICENSE` }, {});
    expect(files.get('apps/api/Dockerfile.dockerignore')).toMatch(
      /^# mine\n# What a build [^]*# go-docker:end context\n\n!LICENSE$/,
    );
  });

  it('let in what a line of the user copies, in all forms it can take', () => {
    const own = dockerfile.replace(
      'USER 65532',
      'COPY ["apps/api/a b.txt", "/"]\nADD --chown=1:1 ./docs/*.md /docs/\nUSER 65532',
    );
    const ignore = imageFiles(api, { dockerfile: own, dockerignore }, {}).get(
      'apps/api/Dockerfile.dockerignore',
    );
    expect(ignore).toContain('\n!apps/api/a b.txt\n!apps/api/templates\n!docs/*.md\n');
  });

  it('keep line ends of Windows in a file that has them', () => {
    const windows = (text: string) => text.replaceAll('\n', '\r\n');
    const files = imageFiles(
      grown,
      { dockerfile: windows(dockerfile), dockerignore: windows(dockerignore ?? '') },
      {},
    );
    const unix = imageFiles(grown, { dockerfile, dockerignore }, {});
    expect(files.get('apps/api/Dockerfile')).toBe(windows(unix.get('apps/api/Dockerfile') ?? ''));
    expect(files.get('apps/api/Dockerfile.dockerignore')).toBe(
      windows(unix.get('apps/api/Dockerfile.dockerignore') ?? ''),
    );
  });

  it('change their options only where new ones are given', () => {
    const mount = imageFiles(api, { dockerfile }, { depsCache: 'mount' }).get('apps/api/Dockerfile') ?? '';
    expect(mount).toContain('# go-docker:begin deps depsCache=mount\n');
    expect(mount).toContain('RUN --mount=type=cache,target=/go/pkg/mod \\\n');
    expect(mount).not.toContain('go mod download');
    expect(mount).not.toContain('--network=none');
    expect(imageFiles(api, { dockerfile: mount }, { goVersion: '1.27.1' }).get('apps/api/Dockerfile')).toBe(
      mount
        .replace('# go-docker:begin base\n', '# go-docker:begin base goVersion=1.27.1\n')
        .replace('golang:1.26.8', 'golang:1.27.1'),
    );
  });

  it('stay without a block that the user removed', () => {
    const own = dockerfile.replace(
      /# go-docker:begin deps[^]*# go-docker:end deps\n/,
      'RUN go mod download\n',
    );
    expect(imageFiles(grown, { dockerfile: own }, {}).get('apps/api/Dockerfile')).toBe(
      own.replace('golang:1.26.8', 'golang:1.27.0'),
    );
  });

  it('are left alone without any managed block', () => {
    const existing = { dockerfile: 'FROM scratch\n', dockerignore: '*\n' };
    expect(imageFiles(api, existing, { runner: 'scratch' })).toEqual(
      new Map([
        ['apps/api/Dockerfile', 'FROM scratch\n'],
        ['apps/api/Dockerfile.dockerignore', '*\n'],
      ]),
    );
  });

  it('are refused, with file and line, where the end of a block is missing', () => {
    const broken = dockerfile.replace('# go-docker:end deps\n', '');
    expect(() => imageFiles(api, { dockerfile: broken }, {})).toThrow(
      'apps/api/Dockerfile:11: The block "deps" has no end before the next one begins in line 31',
    );
  });
});
