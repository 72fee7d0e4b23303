import { buildEnvironment, type BuildPlace } from './build-environment';

const host = {
  version: 'go1.26.8',
  settings: {
    GOPROXY: 'https://proxy.corp',
    GOPRIVATE: 'corp/*',
    GOMODCACHE: '/home/me/mod',
    GOCACHE: '/home/me/cache',
  },
};
const place: BuildPlace = { host, platform: 'linux/amd64', temporary: '/tmp/x' };
const environment = (
  stage: Record<string, string>,
  machine: NodeJS.ProcessEnv = {},
  more: Partial<BuildPlace> = {},
) =>
  buildEnvironment(
    new Map(Object.entries({ CGO_ENABLED: '0', ...stage })),
    machine,
    { ...place, ...more },
    {
      file: 'Dockerfile',
      line: 7,
    },
  );

describe('the environment of a go build', () => {
  it('takes from this machine how modules are fetched, and nothing else that Go reads', () => {
    const machine = {
      HOME: '/home/me',
      SSH_AUTH_SOCK: '/run/agent',
      GOOGLE_APPLICATION_CREDENTIALS: 'key.json',
      ...{
        GOOS: 'windows',
        GOFLAGS: '-toolexec=x',
        CGO_ENABLED: '1',
        GOEXPERIMENT: 'x',
        GOWORK: '/x',
        CC: 'clang',
      },
      ...{ GOENV: '/etc/go.env', GODEBUG: 'x=1', GOAMD64: 'v4' },
    };
    expect(environment({}, machine)).toEqual({
      HOME: '/home/me',
      SSH_AUTH_SOCK: '/run/agent',
      GOOGLE_APPLICATION_CREDENTIALS: 'key.json',
      ...host.settings,
      CGO_ENABLED: '0',
      GOOS: 'linux',
      GOARCH: 'amd64',
      GOENV: 'off',
      GOFLAGS: '',
      GOWORK: 'off',
      GOTOOLCHAIN: 'auto',
      GOTMPDIR: '/tmp/x',
    });
  });

  it('takes from the stage what Go builds, and not where that lies in the image', () => {
    const stage = {
      ...{
        GOOS: 'linux',
        GOARCH: 'arm',
        GOARM: '6',
        GOFLAGS: '-tags=x',
        GOEXPERIMENT: 'y',
        GOTOOLCHAIN: 'local',
      },
      ...{
        GOPATH: '/go',
        GOMODCACHE: '/go/mod',
        GOCACHE: '/c',
        GOROOT: '/usr/local/go',
        PATH: '/go/bin',
        A: '1',
      },
    };
    expect(environment(stage, { PATH: '/bin' }, { workFile: '/tmp/root/go.work' })).toMatchObject({
      ...{
        GOOS: 'linux',
        GOARCH: 'arm',
        GOARM: '6',
        GOFLAGS: '-tags=x',
        GOEXPERIMENT: 'y',
        GOTOOLCHAIN: 'local',
      },
      ...{ GOMODCACHE: '/home/me/mod', GOCACHE: '/home/me/cache', PATH: '/bin', GOWORK: '/tmp/root/go.work' },
    });
    expect(environment(stage)).not.toHaveProperty('GOPATH');
    expect(environment(stage)).not.toHaveProperty('A');
  });

  it('is for the platform of the stage where the stage says nothing, or nothing but an empty text', () => {
    expect(environment({ GOOS: '', GOARCH: '' }, {}, { platform: 'linux/arm/v6' })).toMatchObject({
      ...{ GOOS: 'linux', GOARCH: 'arm', GOARM: '6' },
    });
  });

  it('joins what is private here and in the Dockerfile', () => {
    expect(environment({ GOPRIVATE: 'git.example.com/*' })).toMatchObject({
      GOPRIVATE: 'corp/*,git.example.com/*',
    });
  });

  it('lets what is private in the Dockerfile be fetched as such, whatever this machine has set besides', () => {
    const said = (settings: Record<string, string>, stage: Record<string, string> = {}) =>
      environment(
        { GOPRIVATE: 'git.example.com/*', ...stage },
        {},
        { host: { ...host, settings: { ...host.settings, ...settings } } },
      );
    // As `go env` tells them where GOPRIVATE alone is set.
    const asGoTells = said({ GONOPROXY: 'corp/*', GONOSUMDB: 'corp/*' });
    expect(asGoTells['GONOPROXY']).toBeUndefined();
    expect(asGoTells['GONOSUMDB']).toBeUndefined();
    expect(said({ GONOPROXY: 'none', GONOSUMDB: 'corp/*,x' })).toMatchObject({
      GOPRIVATE: 'corp/*,git.example.com/*',
      GONOPROXY: 'none,git.example.com/*',
      GONOSUMDB: 'corp/*,x,git.example.com/*',
    });
    expect(said({ GONOPROXY: 'x', GONOSUMDB: 'corp/*' }, { GONOPROXY: 'a', GONOSUMDB: 'b' })).toMatchObject({
      GONOPROXY: 'x,a',
      GONOSUMDB: 'b',
    });
  });

  it.each([
    [{ CGO_ENABLED: '1' }, 'compiles without cgo'],
    [{ CGO_ENABLED: '' }, 'compiles without cgo'],
    [{ GOFLAGS: '-toolexec=/x' }, 'does not run Go with GOFLAGS=-toolexec=/x'],
  ])('is refused for %j', (stage, message) => {
    expect(() => environment(stage)).toThrow(`Dockerfile:7: the engine "native" ${message}`);
  });
});
