import { memoryFileSystem } from '../files/memory-file-system';
import { findApps } from './find-apps';
import { readGoWorkspace } from './read-workspace';

const MAIN = 'package main\n\nfunc main() {}\n';

describe('the project of an app', () => {
  /** Module folder, module path, folders of its main packages, and for each of these the project's root and name. */
  const table: [dir: string, path: string, mains: string[], projects: [root: string, name: string][]][] = [
    ['apps/api', 'example.com/x', ['apps/api'], [['apps/api', 'api']]],
    ['apps/api', 'example.com/x', ['apps/api/cmd'], [['apps/api', 'api']]],
    ['apps/api', 'example.com/x', ['apps/api/cmd/server'], [['apps/api', 'api']]],
    ['apps/api', 'example.com/x', ['apps/api/internal/tools/gen'], [['apps/api', 'api']]],
    [
      'apps/api',
      'example.com/x',
      ['apps/api/cmd/migrate', 'apps/api/cmd/server'],
      [
        ['apps/api/cmd/migrate', 'migrate'],
        ['apps/api/cmd/server', 'server'],
      ],
    ],
    [
      'apps/api',
      'example.com/x',
      ['apps/api', 'apps/api/cmd/migrate'],
      [
        ['apps/api', 'api'],
        ['apps/api/cmd/migrate', 'migrate'],
      ],
    ],
    ['.', 'example.com/shop', ['.'], [['.', 'shop']]],
    ['.', 'example.com/shop/v2', ['.'], [['.', 'shop']]],
    ['.', 'shop', ['cmd'], [['.', 'shop']]],
    ['.', 'example.com/shop', ['cmd/server'], [['cmd/server', 'server']]],
    ['.', 'example.com/shop', ['apps/web/cmd'], [['apps/web', 'web']]],
    [
      '.',
      'example.com/shop',
      ['apps/api', 'apps/web/cmd/web'],
      [
        ['apps/api', 'api'],
        ['apps/web/cmd/web', 'web'],
      ],
    ],
  ];

  it.each(table)('module in %s named %s with %j: %j', (dir, path, mains, projects) => {
    const at = (folder: string, name: string): string => (folder === '.' ? name : `${folder}/${name}`);
    const files = Object.fromEntries(mains.map((main) => [at(main, 'main.go'), MAIN]));
    const workspace = readGoWorkspace(
      memoryFileSystem({ [at(dir, 'go.mod')]: `module ${path}\n`, ...files }),
    );
    expect(findApps(workspace).map(({ projectRoot, name }) => [projectRoot, name])).toEqual(projects);
  });
});

describe('findApps', () => {
  const appsOf = (files: Record<string, string>): string[] =>
    findApps(readGoWorkspace(memoryFileSystem(files))).map(({ importPath }) => importPath);

  it('gives the import path of a command, within its module', () => {
    expect(
      appsOf({
        'go.mod': 'module shop\n',
        'a/cmd/main.go': MAIN,
        'b/go.mod': 'module b\n',
        'b/c/main.go': MAIN,
      }),
    ).toEqual(['shop/a/cmd', 'b/c']);
  });

  it('leaves out what no image is built from', () => {
    const files = { 'go.mod': 'module shop\n', 'lib/lib.go': 'package lib\n' };
    const mains = ['testdata/x', 'vendor/x', 'node_modules/x', '.hidden', '_old'].map((dir) => [
      `${dir}/main.go`,
      MAIN,
    ]);
    const never = {
      'tools/tools.go': `//go:build tools\n\n${MAIN}`,
      'lib/gen.go': `//go:build ignore\n\n${MAIN}`,
      'lib/a_windows.go': MAIN,
      'test/main_test.go': MAIN,
      'docs/doc.go': 'package documentation\n',
    };
    expect(appsOf({ ...files, ...Object.fromEntries(mains), ...never })).toEqual([]);
  });

  it('finds apps that need cgo, an architecture or a new Go, and apps whose imports cannot be read', () => {
    expect(
      appsOf({
        'go.mod': 'module shop\n',
        'arm/main_arm64.go': MAIN,
        'broken/main.go': 'package main\n\nimport fmt\n',
        'c/main.go': 'package main\n\nimport "C"\n',
        'new/main.go': `//go:build go1.30\n\n${MAIN}`,
      }),
    ).toEqual(['shop/arm', 'shop/broken', 'shop/c', 'shop/new']);
  });

  it('finds those of modules that go.work leaves out, too', () => {
    expect(
      appsOf({
        'go.work': 'go 1.25\nuse ./a\n',
        'a/go.mod': 'module a\n',
        'a/main.go': MAIN,
        'b/go.mod': 'module b\n',
        'b/main.go': MAIN,
      }),
    ).toEqual(['a', 'b']);
  });
});
