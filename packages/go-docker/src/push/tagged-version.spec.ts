import { versionIn } from './tagged-version';

describe('versionIn', () => {
  it.each([
    [['v1.2.3'], '1.2.3'],
    [['1.2.3', 'latest'], '1.2.3'],
    [['api@1.0.0', 'v9.0.0'], '1.0.0'],
    [['api/v1.1.0', 'web@2.0.0'], '1.1.0'],
    [['api-1.1.0'], '1.1.0'],
    [['v1.9.0', 'v1.10.0', 'v1.10.0-rc.1'], '1.10.0'],
    [['v1.0.0-rc.2', 'v1.0.0-rc.10'], '1.0.0-rc.10'],
    [['v1.0.0-rc.1'], '1.0.0-rc.1'],
    [['v1.2', 'web@1.2.3', 'version-1'], undefined],
    [[], undefined],
  ])('of %j is %s for api', (tags, version) => {
    expect(versionIn(tags, 'api')).toBe(version);
  });
});
