import { memoryFileSystem } from '@go-docker/go-workspace';
import { embeddedFolderPattern, embeddedPatterns } from './embedded-patterns';
import { affected, hashed } from './fixtures/nx-matchers';

const VISIBLE = ['p/a.html', 'p/en/a.html', 'p/en/de/b.txt', 'p/größe.html', 'p/a_b'];
const HIDDEN = ['p/_a', 'p/.a', 'p/en/_a', 'p/en/de/.a'];
const BELOW_HIDDEN = ['p/_x/a.html', 'p/en/.y/b.html'];
const OUTSIDE = ['pp/a.html', 'q/p/a.html', 'p'];
const ALL = [...VISIBLE, ...HIDDEN, ...BELOW_HIDDEN, ...OUTSIDE];

function patternsOf(there: readonly string[], how: 'embedFolders' | 'embedAll', compiled = there) {
  const files = memoryFileSystem(Object.fromEntries(there.map((path) => [path, ''])));
  const packages = [{ embedFolders: [], embedAll: [], embedWildcards: [], [how]: ['p'] }];
  const { folders, patterns } = embeddedPatterns(
    files,
    packages,
    () => new Set(compiled),
    () => false,
  );
  return [...folders.map(embeddedFolderPattern), ...patterns];
}

describe('the input patterns of an embedded folder', () => {
  it.each<[string, readonly string[], string[]]>([
    ['all but hidden files', patternsOf(VISIBLE, 'embedFolders'), [...VISIBLE, ...BELOW_HIDDEN]],
    [
      'all but those that are there',
      patternsOf([...VISIBLE, ...HIDDEN], 'embedFolders', VISIBLE),
      [...VISIBLE, ...BELOW_HIDDEN],
    ],
    [
      'hidden files that are asked for',
      patternsOf(VISIBLE, 'embedAll'),
      [...VISIBLE, ...HIDDEN, ...BELOW_HIDDEN],
    ],
  ])('match %s, in both matchers of Nx', (_, patterns, expected) => {
    expect(hashed(patterns, ALL)).toEqual(expected);
    expect(affected(patterns, ALL)).toEqual(expected);
  });

  it('leave out a module that begins in it, and what lies beside that one file by file', () => {
    const there = ['p/a.html', 'p/en/a.html', 'p/m/go.mod', 'p/m/a.html'];
    expect(patternsOf(there, 'embedFolders', there.slice(0, 2))).toEqual([
      '{workspaceRoot}/p/en/**/!(.*|_*)',
    ]);
  });

  it('are none where hidden files are asked for and some of them not embedded', () => {
    expect(patternsOf(['p/a.html', 'p/.git/config'], 'embedAll', ['p/a.html'])).toEqual([]);
  });

  it('do not follow links, which may lead back', () => {
    const files = {
      ...memoryFileSystem({ 'p/a.html': '' }),
      readDirectory: (path: string) =>
        path === '.'
          ? [{ name: 'p', kind: 'directory' as const }]
          : [
              { name: 'a.html', kind: 'file' as const },
              { name: 'latest', kind: 'directory' as const, link: ['p'] },
            ],
    };
    const packages = [{ embedFolders: ['p'], embedAll: ['p'], embedWildcards: [] }];
    const { patterns } = embeddedPatterns(
      files,
      packages,
      () => new Set(['p/a.html']),
      () => false,
    );
    expect(patterns).toEqual([]);
    const visible = [{ ...packages[0], embedFolders: ['p'], embedAll: [], embedWildcards: [] }];
    expect(
      embeddedPatterns(
        files,
        visible,
        () => new Set(['p/a.html']),
        () => false,
      ).folders,
    ).toEqual([{ dir: 'p', files: ['p/a.html'] }]);
  });

  it('say of which embedded files an input speaks: of those below, and of those that a simple wildcard matches', () => {
    const wildcards = ['q/*.txt', 'q/[a-c].md'];
    const packages = [{ embedFolders: ['p'], embedAll: [], embedWildcards: wildcards }];
    const { folders, patterns, has } = embeddedPatterns(
      memoryFileSystem({ 'p/a.html': '' }),
      packages,
      () => new Set(['p/a.html', 'p/_b', 'q/a.txt']),
      () => false,
    );
    expect(folders).toEqual([{ dir: 'p', files: ['p/a.html'] }]);
    expect(patterns).toEqual(['{workspaceRoot}/q/*.txt', '{workspaceRoot}/q/[a-c].md']);
    const paths = ['p/en/a.html', 'p/_b', 'q/a.txt', 'q/b/a.txt', 'q/atxt', 'q/a.md'];
    expect(paths.filter(has)).toEqual(['p/en/a.html', 'q/a.txt']);
  });
});
