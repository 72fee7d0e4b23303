import type { ImagePlan } from '../engine';
import { moduleFailure } from './module-failure';

const plan = (secrets: readonly string[], ssh: readonly string[] = []): ImagePlan => ({
  project: 'api',
  workspaceRoot: '/work',
  dockerfile: 'apps/api/Dockerfile',
  target: 'runner',
  platforms: ['linux/amd64'],
  outputPath: 'dist/images/api',
  buildArgs: {},
  secrets,
  ssh,
  contexts: {},
  cacheFrom: [],
  cacheTo: [],
  labels: {},
  noCache: false,
  pull: false,
  progress: 'plain',
});
const netrc = ['id=netrc,src=/home/ada/.netrc'];

/** The texts are what Go 1.26 and Git 2.47 write. */
describe('a module that could not be fetched', () => {
  it('names the entry of the netrc file that is refused', () => {
    const lines = [
      'go: git.example.com/acme/greeting@v1.0.0: unrecognized import path "git.example.com/acme/greeting": reading https://git.example.com/acme/greeting?go-get=1: 401 Unauthorized',
      '\tserver response: who are you?',
    ];
    expect(moduleFailure(lines, plan(netrc))).toEqual({
      module: 'git.example.com/acme/greeting@v1.0.0',
      advice:
        'git.example.com refuses the credentials: look at the entry "machine git.example.com" of /home/ada/.netrc, and whether its token is still valid and may read the module',
    });
    expect(moduleFailure(lines, plan([]))?.advice).toBe(
      'git.example.com asks for credentials, and the build has none: nx g go-docker:setup api --private=git.example.com --auth=netrc',
    );
  });

  it('names every place to look at where Go keeps the reason to itself', () => {
    const lines = ['go: git.example.com/acme/farewell.git@v1.0.0: no secure protocol found for repository'];
    const secrets = ['id=netrc,env=NETRC_TEXT', 'id=known_hosts,src=/k', 'id=ca,"src=/a,b.pem"'];
    expect(moduleFailure(lines, plan(secrets, ['default']))?.advice).toBe(
      'the repository is not there, or git.example.com does not let the build in: check ' +
        'the entry "machine git.example.com" of the variable NETRC_TEXT; ' +
        'whether /a,b.pem holds the authority of git.example.com; ' +
        'that `ssh -T git@git.example.com` works with the keys of the agent; ' +
        'the line of git.example.com in /k',
    );
    expect(moduleFailure(lines, plan([]))?.advice).toMatch(
      /--private=git.example.com --auth=netrc \(or ssh\)$/,
    );
  });

  it.each([
    [
      'git@git.example.com: Permission denied (publickey).',
      /lets in none of the keys of the ssh agent: `ssh-add -l`/,
    ],
    ['Host key verification failed.', /ssh does not know git.example.com by the key it shows/],
    [
      "fatal: could not read Username for 'https://git.example.com': terminal prompts disabled",
      /has none: nx g/,
    ],
    [
      'tls: failed to verify certificate: x509: certificate signed by unknown authority',
      /setup api --ca, and set GO_DOCKER_CA/,
    ],
    ['server certificate verification failed. CAfile: none CRLfile: none', /setup api --ca/],
    [
      'reading https://proxy.golang.org/git.example.com/acme/lib/@v/v1.0.0.mod: 404 Not Found',
      /if the module is private, say so: nx g go-docker:setup api --private=git.example.com --auth=netrc/,
    ],
  ])('has advice for %s', (text, advice) => {
    const lines = ['apps/api/main.go:4:2: git.example.com/acme/lib@v1.0.0: exit status 128:', `\t${text}`];
    expect(moduleFailure(lines, plan([]))).toEqual({
      module: 'git.example.com/acme/lib@v1.0.0',
      advice: expect.stringMatching(advice),
    });
  });

  it('is the one that `go build` was downloading', () => {
    const lines = [
      'go: downloading github.com/google/uuid v1.4.0',
      'go: downloading git.example.com/acme/farewell.git v1.0.0',
      'main.go:6:2: no secure protocol found for repository',
    ];
    expect(moduleFailure(lines, plan([], ['default']))).toEqual({
      module: 'git.example.com/acme/farewell.git@v1.0.0',
      advice: expect.stringMatching(
        /^the repository is not there, or git.example.com does not let the build in: check that `ssh -T/,
      ),
    });
  });

  it('tells a given authority that is the wrong one', () => {
    const lines = [
      'go: git.example.com/lib@v1.0.0: https fetch: x509: certificate signed by unknown authority',
    ];
    expect(moduleFailure(lines, plan(['id=ca,src=/ca.pem']))?.advice).toBe(
      'the certificate of git.example.com is signed by another authority than the one in /ca.pem',
    );
  });

  it('is not what fails in other steps', () => {
    expect(moduleFailure(['main.go:3:1: syntax error', 'exit status 1'], plan([]))).toBeUndefined();
    expect(moduleFailure(['go: git.example.com/lib@v1.0.0: checksum mismatch'], plan([]))).toBeUndefined();
    expect(moduleFailure(['401 Unauthorized'], plan([]))).toBeUndefined();
  });
});
