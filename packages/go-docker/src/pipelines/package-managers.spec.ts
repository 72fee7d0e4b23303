import { detectPackageManager, packageManager } from './package-managers';

describe('package managers', () => {
  it.each([
    [['package-lock.json'], 'npm'],
    [['pnpm-lock.yaml', 'package.json'], 'pnpm'],
    [['yarn.lock'], 'yarn'],
    [['bun.lock'], 'bun'],
    [['bun.lockb'], 'bun'],
    [['.nx/nxw.js'], 'nx'],
    [['.nx/nxw.js', 'package-lock.json'], 'npm'],
    [['package.json'], undefined],
  ])('%j are of %s', (files, name) => {
    expect(detectPackageManager((file) => files.includes(file))).toBe(name);
  });

  it('installs with the options of the Yarn that wrote the lock file', () => {
    expect(packageManager('yarn', '# yarn lockfile v1\n').install).toBe('yarn install --frozen-lockfile');
    expect(packageManager('yarn', '# …\n\n__metadata:\n  version: 8\n').install).toBe(
      'yarn install --immutable',
    );
  });

  it.each([
    ['pnpm', '', ['npm_config_store_dir', 'pnpm_config_store_dir']],
    ['yarn', '# yarn lockfile v1\n', ['YARN_CACHE_FOLDER']],
    ['yarn', '__metadata:\n  version: 8\n', ['YARN_GLOBAL_FOLDER']],
  ] as const)('keeps the downloads of %s where its releases look: %j', (name, yarnLock, variables) => {
    expect(packageManager(name, yarnLock).cacheVariables).toEqual(variables);
  });

  it('knows whether package.json names the release', () => {
    expect(packageManager('pnpm', '', '{ "packageManager": "pnpm@10.4.0" }').isNamed).toBe(true);
    expect(packageManager('pnpm', '', '{}').isNamed).toBe(false);
  });
});
