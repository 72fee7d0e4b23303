import { api } from './fixtures/app-images';
import { imageFiles } from './image-files';
import type { ImageSettings } from './image-settings';
import { assertPrivatePattern, moduleAccess } from './private-modules';
import { staleBlocks } from './stale-blocks';

const location = { file: 'apps/api/Dockerfile' };
const dockerfileOf = (settings: Partial<ImageSettings>, existing?: string) =>
  imageFiles(api, { dockerfile: existing }, settings).get('apps/api/Dockerfile') ?? '';
/** The lines of a managed block, without its markers. */
const block = (dockerfile: string, name: string) =>
  dockerfile
    .split(`# go-docker:begin ${name}`)[1]
    ?.split(`# go-docker:end ${name}`)[0]
    ?.split('\n')
    .slice(1, -1);

describe('private modules', () => {
  it('are fetched in deps with the credentials mounted there, and nowhere else', () => {
    const dockerfile = dockerfileOf({ private: ['git.example.com/*'], auth: ['netrc'], ca: true });

    expect(dockerfile).toContain(
      '# go-docker:begin deps depsCache=layer private=git.example.com/* auth=netrc ca=true\n',
    );
    expect(block(dockerfile, 'deps')?.slice(-13)).toEqual([
      '# Names of modules, not secrets:',
      '# hadolint ignore=DL3064',
      'ENV GOPRIVATE=git.example.com/*',
      'RUN --mount=type=secret,id=netrc,target=/root/.netrc,required \\',
      '    --mount=type=secret,id=ca,target=/etc/ssl/certs/go-docker-ca.pem,required \\',
      '    --mount=type=tmpfs,target=/run/go-docker \\',
      '    --mount=type=bind,source=apps/api/go.mod,target=apps/api/go.mod \\',
      '    --mount=type=bind,source=apps/api/go.sum,target=apps/api/go.sum \\',
      '    --mount=type=bind,source=go.work.sum,target=go.work.sum \\',
      '    --mount=type=bind,source=libs/log/go.mod,target=libs/log/go.mod \\',
      '    cat /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/go-docker-ca.pem > /run/go-docker/ca.pem; \\',
      '    export GIT_SSL_CAINFO=/run/go-docker/ca.pem; \\',
      '    go mod download',
    ]);
    expect(block(dockerfile, 'builder')?.join('\n')).not.toMatch(/secret|ssh/);
  });

  it('are fetched by the build itself where modules are kept in a cache mount, by tests and the debugger too', () => {
    const dockerfile = dockerfileOf({
      depsCache: 'mount',
      private: ['git.example.com'],
      auth: ['netrc'],
      stages: ['test', 'debug'],
    });

    expect(block(dockerfile, 'deps')).not.toContain('RUN');
    for (const name of ['builder', 'test', 'debug']) {
      expect(block(dockerfile, name)).toContain(
        '    --mount=type=secret,id=netrc,target=/root/.netrc,required \\',
      );
    }
  });

  it('stay private when the blocks are renewed, and can be named for a Dockerfile that is there', () => {
    const before = dockerfileOf({});
    const after = dockerfileOf({ private: ['git.example.com/*'], auth: ['netrc'] }, before);
    expect(after).toContain('deps depsCache=layer private=git.example.com/* auth=netrc\n');
    expect(dockerfileOf({}, after)).toBe(after);
    expect(
      staleBlocks(api, { dockerfile: after }).filter(({ file }) => file === 'apps/api/Dockerfile'),
    ).toEqual([]);
    expect(dockerfileOf({ ca: true }, after)).toContain('auth=netrc ca=true\n');
    expect(dockerfileOf({ ca: false }, dockerfileOf({ ca: true }, after))).toBe(after);
  });

  it('leave a Dockerfile as it was where nothing is private', () => {
    expect(dockerfileOf({})).not.toMatch(/GOPRIVATE|GIT_|type=secret|type=ssh/);
  });
});

describe('ssh', () => {
  const rewrites = (...patterns: string[]) =>
    moduleAccess({ private: patterns, auth: ['ssh'] }, location).rewrites.map(
      ({ from, to }) => `${from} → ${to}`,
    );

  it('is used for the private modules of a host, and for no other ones', () => {
    expect(rewrites('git.example.com/*', 'github.com/acme/*', 'git.example.org', 'example.net/lib')).toEqual([
      'https://git.example.com/ → ssh://git@git.example.com/',
      'https://github.com/acme/ → ssh://git@github.com/acme/',
      'https://git.example.org/ → ssh://git@git.example.org/',
      'https://example.net/lib → ssh://git@example.net/lib',
    ]);
    expect(rewrites('github.com/acme-*/tool', 'github.com/b?')).toEqual([
      'https://github.com/ → ssh://git@github.com/',
    ]);
  });

  it('is told to Git in the file that every user of the stage reads', () => {
    const deps = block(dockerfileOf({ private: ['git.example.com'], auth: ['ssh'] }), 'deps') ?? [];
    expect(deps.slice(deps.indexOf('ENV GOPRIVATE=git.example.com')).slice(0, 8)).toEqual([
      'ENV GOPRIVATE=git.example.com',
      "COPY <<'EOF' /etc/gitconfig",
      '[url "ssh://git@git.example.com/"]',
      '\tinsteadOf = https://git.example.com/',
      'EOF',
      '',
      'RUN --mount=type=ssh,required \\',
      '    --mount=type=secret,id=known_hosts,target=/etc/ssh/ssh_known_hosts,required \\',
    ]);
  });

  it('knows hosts by what the user knows of them', () => {
    const { mounts } = moduleAccess({ private: ['git.example.com'], auth: ['ssh'] }, location);
    expect(mounts).toEqual([
      '--mount=type=ssh,required',
      '--mount=type=secret,id=known_hosts,target=/etc/ssh/ssh_known_hosts,required',
    ]);
  });

  it('is refused without a host that it is for', () => {
    expect(() => rewrites()).toThrow(/^apps\/api\/Dockerfile: auth=ssh .* none is private\n→ .*--private=/);
    expect(() => rewrites('git.example.com', '*.example.org')).toThrow(
      /auth=ssh cannot tell which hosts "\*\.example\.org" means\n→ name each host/,
    );
  });
});

describe('a pattern of private modules', () => {
  it.each(['git.example.com', '*.example.com', 'github.com/acme/*', 'git.example.com/[ab]?/~me/x_y-z'])(
    'may be %s',
    (pattern) => expect(() => assertPrivatePattern(pattern)).not.toThrow(),
  );
  it.each([
    'https://git.example.com',
    '',
    '-x',
    '/lib',
    'a b',
    'a$b',
    'a"b',
    'a\\b',
    "a'b",
    'a\nb',
    'user@host',
  ])('may not be %j', (pattern) =>
    expect(() => assertPrivatePattern(pattern)).toThrow('is not a pattern of module paths\n→ Write it as'),
  );
});
