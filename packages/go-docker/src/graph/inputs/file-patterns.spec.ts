import { filePatterns, sourcePatterns } from './file-patterns';
import { affected, hashed } from './fixtures/nx-matchers';

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
