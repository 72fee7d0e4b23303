import { parse } from 'yaml';
import { api } from '../dockerfile/fixtures/app-images';
import { devFiles } from './dev-files';

const dockerfile = (keys: string, more = '') =>
  `FROM base AS deps\n# go-docker:begin deps${keys}\n# go-docker:end deps\n${more}`;
const composeOf = (keys: string, existing?: string, more?: string) =>
  devFiles(
    api,
    new Map([
      [api.dockerfile, dockerfile(keys, more)],
      ...(existing === undefined ? [] : [['apps/api/compose.yaml', existing] as const]),
    ]),
  ).get('apps/api/compose.yaml') ?? '';

describe('a compose file of an app with private modules', () => {
  const all = ' private=git.example.com auth=netrc,ssh ca=true';

  it('gives the dev container what fetches them, from where the environment says', () => {
    const { services, secrets } = parse(composeOf(all));
    expect(services.api).toMatchObject({
      build: { secrets: ['netrc', 'ca'], args: { GO_DOCKER_USER: '${GO_DOCKER_USER:-1000:1000}' } },
      secrets: [
        { source: 'netrc', target: '/tmp/.netrc' },
        { source: 'known_hosts', target: '/etc/ssh/ssh_known_hosts' },
        { source: 'ca', target: '/etc/ssl/certs/go-docker-ca.pem' },
      ],
    });
    expect(services.api.volumes.at(-1)).toEqual({
      type: 'bind',
      source: '${GO_DOCKER_SSH_AGENT:-${SSH_AUTH_SOCK:-/run/host-services/ssh-auth.sock}}',
      target: '/run/ssh-agent.sock',
      bind: { create_host_path: false },
    });
    expect(secrets.netrc).toEqual({ file: '${GO_DOCKER_NETRC:-~/.netrc}' });
    expect(secrets.known_hosts).toEqual({ file: '${GO_DOCKER_KNOWN_HOSTS:-~/.ssh/known_hosts}' });
    expect(secrets.ca.file).toMatch(/^\$\{GO_DOCKER_CA:-/);
  });

  it('gives all of it to the build of the debug image, which compiles the app', () => {
    const more = '# go-docker:begin debug\nFROM deps AS debug\n# go-docker:end debug\n';
    expect(parse(composeOf(all, undefined, more)).services['api-debug'].build).toMatchObject({
      secrets: ['netrc', 'known_hosts', 'ca'],
      ssh: ['default'],
    });
  });

  it('learns of them later, and forgets them again', () => {
    const before = `${composeOf('')}# mine\n`;
    expect(before).not.toContain('secrets');
    const after = composeOf(all, before);
    expect(after).toContain('# mine\n\n# go-docker:begin credentials\n');
    expect(parse(after)).toEqual(parse(composeOf(all)));
    expect(composeOf(all, after)).toBe(after);
    const without = composeOf('', after);
    expect(parse(without)).toEqual(parse(before));
    expect(composeOf('', before)).toBe(before);
  });

  it('is refused, with the line, where it has secrets of its own', () => {
    const before = `${composeOf('')}secrets:\n  token:\n    file: token.txt\n`;
    expect(() => composeOf(all, before)).toThrow(
      new RegExp(
        `^apps/api/compose.yaml:${before.split('\n').indexOf('secrets:') + 1}:1: this file has secrets of its own`,
      ),
    );
  });
});
