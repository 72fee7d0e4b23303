import { createRequire } from 'node:module';
import { matchGlobPaths } from 'nx/src/native';
import {
  filePatterns,
  goFolderPatterns,
  isPlainFolder,
  linuxFolderPatterns,
  sourcePatterns,
} from './file-patterns';

/** The matcher of Nx's affected, as Nx itself loads it; Nx's hasher has one of its own, in Rust. */
const { minimatch } = createRequire(require.resolve('nx/package.json'))('minimatch') as {
  minimatch(file: string, pattern: string, options: { dot: boolean }): boolean;
};

/** The patterns as Nx matches them: without `{workspaceRoot}/`. */
const bare = (patterns: readonly string[]): string[] =>
  patterns.map((pattern) => pattern.replace('{workspaceRoot}/', ''));

const hashed = (patterns: readonly string[], files: readonly string[]): string[] => {
  const hits = matchGlobPaths(bare(patterns), [...files]);
  return files.filter((_, index) => hits[index]);
};

const affected = (patterns: readonly string[], files: readonly string[]): string[] =>
  files.filter((file) => bare(patterns).some((pattern) => minimatch(file, pattern, { dot: true })));

describe('the input patterns of files', () => {
  it('are one brace pattern', () => {
    expect(filePatterns(['apps/api/go.mod', 'apps/api/main.go'])).toEqual([
      '{workspaceRoot}/{apps/api/go.mod,apps/api/main.go}',
    ]);
  });

  it('are the file itself where there is only one, and none for none', () => {
    expect(filePatterns(['go.mod'])).toEqual(['{workspaceRoot}/go.mod']);
    expect(filePatterns([])).toEqual([]);
  });

  const names = [
    'apps/api/pages/[id].js',
    'apps/api/(group)/+page.js',
    'apps/api/{curly}.txt',
    'apps/api/a,b.txt',
    'apps/api/!not.go',
    'apps/api/@(x).go',
    'apps/api/back\\slash.go',
    'apps/api/star*.go',
    'apps/api/with space.go',
    'apps/api/$HOME.go',
    'apps/api/quote\'".go',
    'apps/api/.hidden.go',
    'apps/api/größe.go',
    '#first.go',
    '!first.go',
    'go.mod',
  ];

  it.each(names)('match %j and nothing else, in both matchers of Nx', (name) => {
    const others = ['apps/api/main.go', 'apps/api/pages/index.js', 'libs/x/x.go', `${name}.bak`, `x/${name}`];
    const patterns = filePatterns([name]);
    expect(hashed(patterns, [name, ...others])).toEqual([name]);
    expect(affected(patterns, [name, ...others])).toEqual([name]);
  });

  it('match every file of many in both matchers of Nx, though minimatch refuses long patterns', () => {
    const files = Array.from(
      { length: 3000 },
      (_, i) => `apps/api/assets/folder-${i % 9}/a-rather-long-name-${i}.json`,
    );
    const patterns = filePatterns(files);
    expect(Math.max(...patterns.map((pattern) => pattern.length))).toBeLessThan(64 * 1024);
    expect(hashed(patterns, files)).toEqual(files);
    const some = ['apps/api/assets/folder-0/a-rather-long-name-0.json', files[1500] ?? '', files[2999] ?? ''];
    expect(affected(patterns, [...some, 'apps/api/assets/folder-0/other.json'])).toEqual(some);
  });
});

describe('the input patterns of a source of COPY', () => {
  it.each([
    [
      'apps/api/templates',
      ['apps/api/templates/a.html', 'apps/api/templates/deep/b.html'],
      ['apps/api/templatesX/a'],
    ],
    ['apps/api/config.yaml', ['apps/api/config.yaml'], ['apps/api/config.yml']],
    ['assets/*.json', ['assets/a.json', 'assets/b.json'], ['assets/a.txt', 'x/assets/a.json']],
    ['pages/{id}', ['pages/{id}/a.js'], ['pages/id/a.js']],
  ])('%s', (source, inside, outside) => {
    expect(hashed(sourcePatterns(source), [...inside, ...outside])).toEqual(inside);
    expect(affected(sourcePatterns(source), [...inside, ...outside])).toEqual(inside);
  });
});

describe('the input patterns of Go folders', () => {
  const folders = ['apps/api', 'libs/money', 'libs/größe'];
  const compiled = [
    'apps/api/main.go',
    'apps/api/t.go',
    'apps/api/test.go',
    'libs/money/x.go',
    'libs/größe/x.go',
  ];
  const others = [
    'main.go',
    'main_test.go',
    'apps/api/main_test.go',
    'apps/api/sub/sub.go',
    'apps/api/sub/t.go',
    'apps/api/README.md',
    'apps/web/main.go',
    'libs/a/x.go',
  ];

  it.each([folders, ['apps/api']].map((each) => [each]))(
    'match the Go files of %j that are no tests, in both matchers of Nx',
    (some) => {
      const patterns = goFolderPatterns(some);
      const expected = compiled.filter((file) =>
        some.includes(file.split('/').slice(0, -1).join('/') || '.'),
      );
      expect(hashed(patterns, [...compiled, ...others])).toEqual(expected);
      expect(affected(patterns, [...compiled, ...others])).toEqual(expected);
    },
  );

  it.each([folders, ['apps/api']].map((each) => [each]))(
    'match what is not named for another system of %j, in both matchers of Nx',
    (some) => {
      const linux = ['x_linux', 'windows', 'x_windows_y', 'xwindows', 'x_unix', 'x_amd64'];
      const other = ['x_windows', 'x_y_darwin', 'x_js', 'x.y_plan9', 'x_windows_test', '_zos'];
      const paths = (names: readonly string[]) => names.map((name) => `apps/api/${name}.go`);
      const all = [...paths(linux), ...paths(other), ...compiled, ...others, 'apps/api/sub/x_windows.go'];
      const expected = [
        ...paths(linux),
        ...compiled.filter((file) => some.some((dir) => file.startsWith(dir))),
      ];
      expect(hashed(linuxFolderPatterns(some), all)).toEqual(expected);
      expect(affected(linuxFolderPatterns(some), all)).toEqual(expected);
    },
  );

  it.each(['.', 'libs/a,b', 'libs/[id]'])('cannot be made for %j', (folder) => {
    expect(isPlainFolder(folder)).toBe(false);
  });

  it('are none for no folder', () => {
    expect([...goFolderPatterns([]), ...linuxFolderPatterns([])]).toEqual([]);
  });
});
