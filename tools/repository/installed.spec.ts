import { isInstalled } from './installed.mjs';

const lock = {
  packages: {
    '': { name: 'repository' },
    'node_modules/jest': { version: '30.5.0' },
    'node_modules/darwin-only': { version: '1.0.0', optional: true },
    'node_modules/go-docker': { link: true },
  },
};

describe('isInstalled', () => {
  it('is satisfied with the versions of the lock file', () => {
    expect(isInstalled(lock, { packages: { 'node_modules/jest': { version: '30.5.0' } } })).toBe(true);
  });

  it('sees another version', () => {
    expect(isInstalled(lock, { packages: { 'node_modules/jest': { version: '29.0.0' } } })).toBe(false);
  });

  it('sees a missing package', () => {
    expect(isInstalled(lock, { packages: {} })).toBe(false);
  });
});
