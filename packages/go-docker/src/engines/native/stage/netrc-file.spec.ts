import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { netrcFile } from './netrc-file';

describe('the netrc that Go is given', () => {
  const directory = mkdtempSync(join(tmpdir(), 'go-docker-spec-'));
  const given = (...secrets: string[]) => netrcFile({ secrets, workspaceRoot: '/w' }, directory);
  const text = 'machine git.example.com login me password x,"y"\n';

  afterEach(() => {
    delete process.env['NETRC_OF_SPEC'];
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it.each([
    ['id=netrc,src=a/b', '/w/a/b'],
    ['type=file,source=/etc/netrc,id=netrc', '/etc/netrc'],
    ['id=netrc,"src=/a,b ""c"""', '/a,b "c"'],
  ])('is the file of %s', (secret, file) => {
    expect(given('id=other,src=x', secret)).toBe(file);
  });

  it.each(['id=netrc,env=NETRC_OF_SPEC', 'id=netrc,type=env,src=NETRC_OF_SPEC'])(
    'is a file that its user alone reads, with what the variable of %s holds',
    (secret) => {
      process.env['NETRC_OF_SPEC'] = text;
      const file = given(secret) ?? '';
      expect(readFileSync(file, 'utf8')).toBe(text);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(file.startsWith(directory)).toBe(true);
    },
  );

  it('is none without such a secret', () => {
    expect(given('id=other,src=id=netrc')).toBeUndefined();
  });

  it('is missed where its variable is not set', () => {
    expect(() => given('id=netrc,env=NETRC_OF_SPEC')).toThrow(
      'the secret netrc comes from the variable NETRC_OF_SPEC, which is not set',
    );
  });
});
