import { memoryFileSystem } from '@go-docker/go-workspace';
import { sourceFolder } from './source-folders';

function foldersOf(compiled: readonly string[], others: readonly string[] = [], dirs = ['a']) {
  const files = memoryFileSystem(Object.fromEntries([...compiled, ...others].map((path) => [path, ''])));
  const folders = dirs.flatMap((dir) => sourceFolder(files, dir, new Set(compiled)) ?? []);
  return { folders, files: folders.flatMap((folder) => folder.files).sort() };
}

const NONE = { forOtherSystems: [], notCompiled: [] };

describe('the folders that patterns name', () => {
  it('say which files are not compiled, by system and otherwise', () => {
    const { folders, files } = foldersOf(
      ['a/main.go', 'a/x.s'],
      [
        'a/main_test.go',
        'a/x_windows.go',
        'a/x_386.go',
        'a/gen.go',
        'a/x_darwin.s',
        'a/README.md',
        'a/b/c.go',
      ],
    );
    const notCompiled = ['gen', 'x_386'];
    expect(folders).toEqual([
      {
        dir: 'a',
        go: { forOtherSystems: ['x_windows'], notCompiled },
        other: { forOtherSystems: ['x_darwin'], notCompiled: [] },
        both: { forOtherSystems: ['x_darwin', 'x_windows'], notCompiled },
        files: ['a/main.go', 'a/x.s'],
      },
    ]);
    expect(files).toEqual(['a/main.go', 'a/x.s']);
  });

  it('tell of assembly that may have been there before a change', () => {
    expect(foldersOf(['main.go'], [], ['.']).folders).toEqual([
      { dir: '.', go: NONE, other: undefined, both: NONE, files: ['main.go'] },
    ]);
  });

  it('tell of languages apart where one compiles what the other has a file of the same name for', () => {
    const { folders, files } = foldersOf(['a/x.go', 'a/y.s'], ['a/x.c']);
    expect(folders).toEqual([
      {
        dir: 'a',
        go: NONE,
        other: { forOtherSystems: [], notCompiled: ['x'] },
        both: undefined,
        files: ['a/x.go', 'a/y.s'],
      },
    ]);
    expect(files).toEqual(['a/x.go', 'a/y.s']);
  });

  it.each<[string, string[], string[]]>([
    ['a file that is not compiled', ['a/main.go'], ['a/[x].go']],
    ['a file that is compiled, though it is named for another system', ['a/x_windows.go'], []],
  ])('tell nothing where they need another form for %s', (_, compiled, others) => {
    const { folders, files } = foldersOf(compiled, others);
    expect(folders).toEqual([{ dir: 'a', go: undefined, other: undefined, both: undefined, files: [] }]);
    expect(files).toEqual([]);
  });

  it('are not those whose own name means something in a pattern', () => {
    expect(foldersOf(['[a]/main.go'], [], ['[a]'])).toEqual({ folders: [], files: [] });
  });
});
