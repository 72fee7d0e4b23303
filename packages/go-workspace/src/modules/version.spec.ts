import { compareVersions } from './version';

describe('compareVersions', () => {
  // The order of https://semver.org/#spec-item-11, and of pseudo-versions at https://go.dev/ref/mod#pseudo-versions.
  const ascending = [
    'main',
    'v0.0.0-20170915032832-14c0d48ead0c',
    'v0.0.0-20240915032832-14c0d48ead0c',
    'v0.0.0',
    'v0.9.0',
    'v0.10.0',
    'v1.0.0-1',
    'v1.0.0-2',
    'v1.0.0-10',
    'v1.0.0-alpha',
    'v1.0.0-alpha.1',
    'v1.0.0-alpha.beta',
    'v1.0.0-beta',
    'v1.0.0-rc.1',
    'v1.0.0',
    'v1.0.1-0.20240102030405-0123456789ab',
    'v1.0.1',
    'v2.0.0+incompatible',
  ];

  it.each(ascending.slice(1).map((newer, index) => [ascending[index] ?? '', newer]))(
    '%s is older than %s',
    (older, newer) => {
      expect(compareVersions(older, newer)).toBeLessThan(0);
      expect(compareVersions(newer, older)).toBeGreaterThan(0);
    },
  );

  it('takes no notice of build metadata', () => {
    expect(compareVersions('v2.0.0', 'v2.0.0+incompatible')).toBe(0);
  });
});
