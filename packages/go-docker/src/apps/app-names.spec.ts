import type { GoApp } from '@go-docker/go-workspace';
import { appNames } from './app-names';

const app = (projectRoot: string, name = projectRoot.split('/').at(-1) ?? ''): GoApp => ({
  name,
  projectRoot,
  packageDir: projectRoot,
  moduleDir: projectRoot,
  importPath: `example.com/${projectRoot}`,
});
const names = (roots: readonly string[], projects: Record<string, string> = {}) =>
  Object.fromEntries(
    appNames(
      roots.map((root) => app(root)),
      new Map(Object.entries(projects)),
    ),
  );

describe('the names of apps', () => {
  it('are those of their folders where these tell them apart', () => {
    expect(names(['apps/api', 'apps/web', 'cmd/worker'])).toEqual({
      'apps/api': 'api',
      'apps/web': 'web',
      'cmd/worker': 'worker',
    });
  });

  it.each<[what: string, expected: Record<string, string>]>([
    [
      'commands of one name in several modules',
      {
        'services/a/cmd/server': 'a-server',
        'services/b/cmd/server': 'b-server',
        'services/b/cmd/jobs': 'jobs',
      },
    ],
    ['modules with the same last element', { 'apps/api': 'apps-api', 'services/api': 'services-api' }],
    [
      'those whose folders above are equal too',
      { 'east/shop/api': 'east-shop-api', 'west/shop/api': 'west-shop-api', 'west/bank/api': 'bank-api' },
    ],
    ['folders that differ by cmd alone', { 'a/server': 'a-server', 'a/cmd/server': 'a-cmd-server' }],
    [
      'a longer name that is the own name of another app',
      { 'a/api': 'a-api', 'b/api': 'b-api', 'x/a-web': 'a-web' },
    ],
    [
      'a longer name that collides with the own name of another app',
      { 'a/api': 'a-api', 'b/api': 'b-api', 'x/a-api': 'x-a-api' },
    ],
    ['an app at the top, which has no folder above it', { api: 'api', 'apps/api': 'apps-api' }],
  ])('tell apart %s, in whatever order they come', (_, expected) => {
    const roots = Object.keys(expected);
    expect(names(roots)).toEqual(expected);
    expect(names(roots.toReversed())).toEqual(expected);
    expect(names(roots.toSorted((a, b) => a.length - b.length))).toEqual(expected);
  });

  it('make way for projects that have their names already', () => {
    expect(names(['apps/api', 'jobs'], { 'packages/api': 'api', 'packages/jobs': 'jobs' })).toEqual({
      'apps/api': 'apps-api',
      jobs: 'jobs-app',
    });
    expect(names(['services/b/cmd/server'], { 'tools/server': 'server' })).toEqual({
      'services/b/cmd/server': 'b-server',
    });
  });

  it('are the same whether another app has got its name before, and whatever that is', () => {
    const roots = ['services/a/cmd/server', 'services/b/cmd/server'];
    for (const name of ['a-server', 'server', 'gateway']) {
      expect(names(roots, { 'services/a/cmd/server': name })).toEqual({
        'services/b/cmd/server': 'b-server',
      });
    }
    expect(names(roots, { 'services/a/cmd/server': 'b-server' })).toEqual({
      'services/b/cmd/server': 'services-b-server',
    });
  });

  it('of the app at the root come from its module', () => {
    expect(Object.fromEntries(appNames([app('.', 'shop'), app('apps/shop')], new Map()))).toEqual({
      '.': 'shop',
      'apps/shop': 'apps-shop',
    });
    expect(Object.fromEntries(appNames([app('.', 'shop')], new Map([['x', 'api']])))).toEqual({
      '.': 'shop',
    });
  });

  it('are none where every one is taken', () => {
    expect(names(['api'], { x: 'api', y: 'api-app' })).toEqual({});
  });
});
