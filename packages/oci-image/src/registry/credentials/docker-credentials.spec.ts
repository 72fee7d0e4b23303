import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { temporaryFolder } from '../../../spec/archives';
import { askHelper } from './credential-helper';
import { dockerCredentials } from './docker-credentials';

const folder = temporaryFolder();
const programs = join(folder, 'programs');
mkdirSync(programs);

/** A credential helper that writes what it was asked into a file, and then does what the script says. */
function helper(name: string, script: string): string {
  const file = join(programs, `docker-credential-${name}`);
  writeFileSync(file, `#!/bin/sh\nprintf '%s ' "$@" > '${file}.asked'\ncat >> '${file}.asked'\n${script}\n`);
  chmodSync(file, 0o755);
  return `${file}.asked`;
}

function credentialsWith(config: unknown) {
  const home = mkdtempSync(join(folder, 'home-'));
  const text = typeof config === 'string' ? config : JSON.stringify(config);
  writeFileSync(join(home, 'config.json'), text);
  const path = [programs, process.env['PATH']].join(delimiter);
  return dockerCredentials({ DOCKER_CONFIG: home, PATH: path });
}

const encoded = (text: string) => Buffer.from(text).toString('base64');

describe('dockerCredentials', () => {
  it('has none where there is no file', async () => {
    expect(await dockerCredentials({ DOCKER_CONFIG: join(folder, 'none') })('docker.io')).toBeUndefined();
  });

  it('looks below the home folder where DOCKER_CONFIG says nothing', async () => {
    const home = mkdtempSync(join(folder, 'home-'));
    mkdirSync(join(home, '.docker'));
    writeFileSync(
      join(home, '.docker', 'config.json'),
      JSON.stringify({ auths: { 'ghcr.io': { auth: encoded('ann:s3:cret') } } }),
    );
    expect(await dockerCredentials({ HOME: home })('ghcr.io')).toEqual({
      kind: 'password',
      username: 'ann',
      password: 's3:cret',
    });
  });

  it('finds a registry however it is spelled, and no other', async () => {
    const credentials = credentialsWith({
      auths: {
        'https://index.docker.io/v1/': { auth: encoded('hub:1') },
        'https://registry.example.com/v2/': { username: 'ann', password: '2' },
        '127.0.0.1:5000': { auth: encoded('here:3\0\0') },
      },
    });
    expect(await credentials('docker.io')).toMatchObject({ username: 'hub', password: '1' });
    expect(await credentials('registry.example.com')).toMatchObject({ username: 'ann', password: '2' });
    expect(await credentials('127.0.0.1:5000')).toMatchObject({ username: 'here', password: '3' });
    expect(await credentials('127.0.0.1:5001')).toBeUndefined();
    expect(await credentials('example.com')).toBeUndefined();
  });

  it('knows identity tokens and registry tokens', async () => {
    const credentials = credentialsWith({
      auths: {
        'a.example.com': { auth: encoded('x:'), identitytoken: 'refresh' },
        'b.example.com': { registrytoken: 'bearer' },
      },
    });
    expect(await credentials('a.example.com')).toEqual({ kind: 'identity-token', token: 'refresh' });
    expect(await credentials('b.example.com')).toEqual({ kind: 'registry-token', token: 'bearer' });
  });

  it('asks the helper of the one registry, then the store of all, with the name on standard input', async () => {
    const own = helper('own', `echo '{"ServerURL":"a.example.com","Username":"own","Secret":"1"}'`);
    const all = helper('all', `echo '{"Username":"<token>","Secret":"refresh"}'`);
    const credentials = credentialsWith({ credsStore: 'all', credHelpers: { 'a.example.com': 'own' } });
    expect(await credentials('a.example.com')).toEqual({ kind: 'password', username: 'own', password: '1' });
    expect(await credentials('docker.io')).toEqual({ kind: 'identity-token', token: 'refresh' });
    expect(readFileSync(own, 'utf8')).toBe('get a.example.com');
    expect(readFileSync(all, 'utf8')).toBe('get https://index.docker.io/v1/');
  });

  it('takes what stands in the file where the helper knows nothing', async () => {
    helper('empty', 'echo "credentials not found in native keychain"; exit 1');
    const auths = { 'a.example.com': { auth: encoded('ann:1') } };
    const credentials = credentialsWith({ credsStore: 'empty', auths });
    expect(await credentials('a.example.com')).toMatchObject({ username: 'ann' });
    expect(await credentials('b.example.com')).toBeUndefined();
  });

  it.each([
    [
      'is not there',
      'nowhere',
      '',
      'docker-credential-nowhere cannot be started: spawn docker-credential-nowhere ENOENT',
    ],
    ['fails', 'fails', 'echo s3cret; exit 3', 'docker-credential-fails get ended with 3'],
    [
      'answers something else',
      'odd',
      'echo s3cret',
      'docker-credential-odd get gives no credentials that can be read',
    ],
    ['is no name', '../../bin/sh', undefined, "'../../bin/sh' is no name of a credential helper"],
  ])('says when a helper %s, and never what it said', async (_, name, script, what) => {
    if (script) helper(name, script);
    const asking = credentialsWith({ credsStore: name })('a.example.com');
    await expect(asking).rejects.toThrow(`config.json: the credentials cannot be read: ${what}`);
    await expect(asking).rejects.not.toThrow('s3cret');
  });

  it('does not wait for a helper for ever', async () => {
    helper('hangs', 'sleep 20');
    const environment = { PATH: [programs, process.env['PATH']].join(delimiter) };
    const asking = askHelper(
      { name: 'hangs', server: 'x' },
      { file: 'config.json', environment, timeoutMs: 200 },
    );
    await expect(asking).rejects.toThrow('docker-credential-hangs get did not end in time');
  });

  it.each([
    ['{ "auths": { "a": { "auth": "czNjcmV0', 'it is not JSON'],
    ['[]', 'it is no JSON object'],
    ['{ "auths": [] }', '"auths" is not an object'],
    ['{ "credsStore": 1 }', '"credsStore" is not a text'],
  ])('refuses %s without quoting it', async (text, what) => {
    const asking = credentialsWith(text)('a');
    await expect(asking).rejects.toThrow(`the credentials cannot be read: ${what}`);
    await expect(asking).rejects.not.toThrow('czNj');
  });
});
