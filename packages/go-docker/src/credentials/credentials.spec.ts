import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CredentialHost, findCredential, thisHost } from './credentials';

const host = (there: readonly string[], environment: Record<string, string> = {}): CredentialHost => ({
  environment,
  home: '/home/ada',
  platform: 'linux',
  isReadable: (path) => there.includes(path),
});

describe('credentials for private modules are looked for where their own programs do', () => {
  it('netrc: what NETRC names, else the file in the home folder', () => {
    expect(findCredential('netrc', host(['/home/ada/.netrc']))).toEqual({ path: '/home/ada/.netrc' });
    expect(findCredential('netrc', host(['/run/netrc'], { NETRC: '/run/netrc' }))).toEqual({
      path: '/run/netrc',
    });
    expect(findCredential('netrc', host(['/home/ada/.netrc'], { NETRC: '/run/netrc' }))).toMatchObject({
      missing: 'NETRC names /run/netrc, which is not there, or it may not be read',
    });
    const windows = { ...host([]), platform: 'win32', isReadable: () => true } as const;
    expect(findCredential('netrc', windows)).toEqual({ path: join('/home/ada', '_netrc') });
  });

  it('ssh: the agent, which Windows always has in one place', () => {
    expect(findCredential('ssh', host(['/agent'], { SSH_AUTH_SOCK: '/agent' }))).toEqual({ path: '/agent' });
    expect(findCredential('ssh', host([]))).toMatchObject({ missing: 'SSH_AUTH_SOCK names no agent' });
    expect(findCredential('ssh', host([], { SSH_AUTH_SOCK: '/gone' }))).toMatchObject({
      missing: 'SSH_AUTH_SOCK names /gone, where no agent is',
    });
    expect(findCredential('ssh', { ...host([]), platform: 'win32' })).toEqual({ path: undefined });
  });

  it('known_hosts: what ssh of this user knows', () => {
    expect(findCredential('known_hosts', host(['/home/ada/.ssh/known_hosts']))).toEqual({
      path: '/home/ada/.ssh/known_hosts',
    });
    expect(findCredential('known_hosts', host(['/k'], { GO_DOCKER_KNOWN_HOSTS: '/k' }))).toEqual({
      path: '/k',
    });
  });

  it('ca: GO_DOCKER_CA, or what other programs are told of it', () => {
    const variables = { GO_DOCKER_CA: '/a', SSL_CERT_FILE: '/b', NODE_EXTRA_CA_CERTS: '/c' };
    expect(findCredential('ca', host(['/a', '/b', '/c'], variables))).toEqual({ path: '/a' });
    expect(findCredential('ca', host(['/c'], { NODE_EXTRA_CA_CERTS: '/c' }))).toEqual({ path: '/c' });
    expect(findCredential('ca', host(['/b'], variables))).toMatchObject({
      missing: 'GO_DOCKER_CA names /a, which is not there, or it may not be read',
    });
    expect(findCredential('ca', host([]))).toMatchObject({
      missing: 'none of GO_DOCKER_CA, SSL_CERT_FILE, NODE_EXTRA_CA_CERTS is set',
    });
  });

  it('takes no folder for a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'credentials-'));
    mkdirSync(join(folder, '.netrc'));
    writeFileSync(join(folder, 'netrc'), '');
    expect(thisHost().isReadable(join(folder, '.netrc'))).toBe(false);
    expect(thisHost().isReadable(join(folder, 'netrc'))).toBe(true);
    rmSync(folder, { recursive: true });
  });
});
