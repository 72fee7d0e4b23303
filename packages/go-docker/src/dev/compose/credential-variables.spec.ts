import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CredentialHost } from '../../credentials/credentials';
import { credentialVariables } from './credential-variables';

describe('the environment of a dev container with private modules', () => {
  let workspaceRoot = '';
  beforeEach(() => {
    workspaceRoot = mkdtempSync(join(tmpdir(), 'credential-variables-'));
  });
  afterEach(() => rmSync(workspaceRoot, { recursive: true }));

  const host: CredentialHost = {
    environment: { SSH_AUTH_SOCK: '/agent', SSL_CERT_FILE: '/ca.pem' },
    home: '/home/ada',
    platform: 'linux',
    isReadable: () => true,
  };
  const variables = (keys: string, of: Partial<CredentialHost> = {}) => {
    writeFileSync(join(workspaceRoot, 'Dockerfile'), `# go-docker:begin deps${keys}\n# go-docker:end deps\n`);
    const plan = { project: 'api', projectRoot: '.', target: 'dev', workspaceRoot, debug: false };
    return credentialVariables(plan, { ...host, ...of });
  };

  it('names places, and none where nothing is private', () => {
    expect(variables('')).toEqual({});
    expect(variables(' private=git.example.com auth=netrc,ssh ca=true')).toEqual({
      GO_DOCKER_NETRC: '/home/ada/.netrc',
      GO_DOCKER_SSH_AGENT: '/agent',
      GO_DOCKER_KNOWN_HOSTS: '/home/ada/.ssh/known_hosts',
      GO_DOCKER_CA: '/ca.pem',
    });
  });

  it('keeps what the user has set, and takes the agent of Docker Desktop where there is one', () => {
    const environment = { SSH_AUTH_SOCK: '/agent', GO_DOCKER_NETRC: '/run/netrc' };
    expect(variables(' private=a.example auth=netrc', { environment })).toEqual({
      GO_DOCKER_NETRC: '/run/netrc',
    });
    expect(variables(' private=a.example auth=ssh', { platform: 'darwin' })).toMatchObject({
      GO_DOCKER_SSH_AGENT: '/run/host-services/ssh-auth.sock',
    });
  });

  it('is refused where something is missing, all at once', () => {
    expect(() => variables(' auth=netrc ca=true', { environment: {}, isReadable: () => false })).toThrow(
      [
        'Dockerfile: api has private modules, and what fetches them is not here',
        '  netrc: there is no /home/ada/.netrc, or it may not be read',
        '    write one: machine git.example.com login <user> password <token>; or set GO_DOCKER_NETRC',
        '  ca: none of GO_DOCKER_CA, SSL_CERT_FILE, NODE_EXTRA_CA_CERTS is set',
        '    set GO_DOCKER_CA to the PEM file of the certificate authority; or set GO_DOCKER_CA',
        '→ give what is missing as said above, then start it again',
      ].join('\n'),
    );
  });
});
