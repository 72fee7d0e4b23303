import { goReleases, isLater, newestPatch, newestRelease } from './go-releases';

describe('releases of Go', () => {
  const releases = goReleases([
    'v0.0.1-go1.26.9.linux-amd64',
    'v0.0.1-go1.26.10.linux-amd64',
    'v0.0.1-go1.26.10.windows-arm64',
    'v0.0.1-go1.27rc1.linux-amd64',
    'v0.0.1-go1.27.0.linux-amd64',
    'v0.0.1-go1.2.2.linux-amd64',
    'v0.0.1-go1.25.linux-arm64',
  ]);

  it('are read from the versions of the module that the proxies have Go in', () => {
    expect(releases).toEqual(['1.26.9', '1.26.10', '1.27.0', '1.2.2']);
  });

  it.each([
    ['1.26', '1.26.10'],
    ['1.26.0', '1.26.10'],
    ['1.27rc1', '1.27.0'],
    ['1.2', '1.2.2'],
    ['1.28.1', undefined],
  ])('have the newest patch of %s: %s', (version, newest) => {
    expect(newestPatch(releases, version)).toBe(newest);
  });
});

describe('releases of a module', () => {
  it('are ordered by number, without candidates and pseudo-versions', () => {
    const versions = ['v1.9.0', 'v1.10.0', 'v2.0.0-rc.1', 'v1.11.0-0.20260101000000-0123456789ab', 'v1.2.9'];
    expect(newestRelease(versions)).toBe('v1.10.0');
    expect(newestRelease(['v2.0.0-rc.1'])).toBeUndefined();
    expect(isLater('v1.10.0', 'v1.9.9')).toBe(true);
    expect(isLater('v1.9.9', 'v1.9.9')).toBe(false);
  });
});
