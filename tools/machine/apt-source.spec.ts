import { readAptSources, trixieSource } from './apt-source.mjs';

describe('readAptSources', () => {
  it('reads stanzas with several suites', () => {
    const text = [
      'Types: deb deb-src',
      '# a comment',
      'URIs: http://mirror.example/debian',
      'Suites: bookworm bookworm-updates',
      'Components: main contrib',
      'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg',
      '',
      'Types: deb',
      'Enabled: no',
      'URIs: http://other.example/debian',
      'Suites: trixie',
      'Components: main',
      '',
    ].join('\n');
    expect(readAptSources(text)).toEqual([
      {
        uri: 'http://mirror.example/debian',
        suites: ['bookworm', 'bookworm-updates'],
        components: ['main', 'contrib'],
        signedBy: '/usr/share/keyrings/debian-archive-keyring.gpg',
      },
    ]);
  });

  it('reads one-line sources with and without options, not comments and not source packages', () => {
    const text = [
      'deb [arch=amd64 signed-by=/etc/apt/debian.gpg] http://mirror.example/debian bookworm main # ours',
      '# deb http://mirror.example/debian trixie main',
      'deb-src http://mirror.example/debian bookworm main',
      'deb http://mirror.example/security bookworm-security main contrib',
    ].join('\n');
    expect(readAptSources(text)).toEqual([
      {
        uri: 'http://mirror.example/debian',
        suites: ['bookworm'],
        components: ['main'],
        signedBy: '/etc/apt/debian.gpg',
      },
      {
        uri: 'http://mirror.example/security',
        suites: ['bookworm-security'],
        components: ['main', 'contrib'],
      },
    ]);
  });
});

describe('trixieSource', () => {
  const bookworm = { uri: 'http://mirror.example/debian', suites: ['bookworm'], components: ['main'] };

  it('takes the mirror of the release that the machine runs', () => {
    const security = { ...bookworm, uri: 'http://mirror.example/security', suites: ['bookworm-security'] };
    expect(trixieSource([security, { ...bookworm, signedBy: '/keys.gpg' }], 'bookworm')).toBe(
      'Types: deb\nURIs: http://mirror.example/debian\nSuites: trixie\nComponents: main\nSigned-By: /keys.gpg\n',
    );
  });

  it('adds nothing where trixie is a source already', () => {
    expect(trixieSource([bookworm, { ...bookworm, suites: ['trixie'] }], 'bookworm')).toBeUndefined();
  });

  it('adds nothing on trixie itself, which may be called stable there', () => {
    expect(trixieSource([{ ...bookworm, suites: ['stable'] }], 'trixie')).toBeUndefined();
  });

  it('finds the mirror of a release that the machine does not call by its name', () => {
    const oldstable = { ...bookworm, suites: ['oldstable', 'oldstable-updates'] };
    expect(trixieSource([oldstable], 'bookworm')).toContain('URIs: http://mirror.example/debian\n');
  });

  it('does not take a third party that names its suite after the release', () => {
    const vendor = { uri: 'http://vendor.example/apt', suites: ['bookworm'], components: ['stable'] };
    expect(() => trixieSource([vendor], 'bookworm')).toThrow('no source for "bookworm main"');
  });
});
