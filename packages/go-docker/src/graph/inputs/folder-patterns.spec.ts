import { affected, hashed } from './fixtures/nx-matchers';
import { fewFolderPatterns, folderPatterns } from './folder-patterns';
import type { SourceFolder, SparedNames } from './source-folders';

const spared = (
  notCompiled: readonly string[] = [],
  forOtherSystems: readonly string[] = [],
): SparedNames => ({
  forOtherSystems,
  notCompiled,
});
const folder = (dir: string, ...names: Parameters<typeof spared>): SourceFolder => ({
  dir,
  go: spared(...names),
  other: spared(...names),
  both: spared(...names),
  files: [],
});

const NAMES = [
  ...[
    'main.go',
    't.go',
    'test.go',
    'größe.go',
    'main_test.go',
    'x_linux.go',
    'x_386.go',
    'README.md',
    'gen.go',
  ],
  ...[
    'windows.go',
    'x_windows.go',
    'x_windows_y.go',
    'x.y_plan9.go',
    '_zos.go',
    'api.pb.go',
    'x_unix.go',
    'agen.go',
  ],
  ...['x.s', 'x.S', 'x_windows.s', 'x.h', 'y.c', 'y.syso', 'x.txt', 's', 'x.ss'],
];
const FOLDERS = ['', 'apps/', 'apps/api/', 'apps/api/sub/', 'libs/money/', 'libs/größe/', 'libs/m/'];
const ALL = FOLDERS.flatMap((dir) => NAMES.map((name) => `${dir}${name}`));
const namesIn = (dirs: readonly string[], names: readonly string[]): string[] =>
  ALL.filter((path) => dirs.some((dir) => names.some((name) => path === `${dir}${name}`)));

/** Of Go files. */
const LINUX = [
  'main.go',
  't.go',
  'test.go',
  'größe.go',
  'x_linux.go',
  'windows.go',
  'x_windows_y.go',
  'x_unix.go',
  'agen.go',
];
const OTHERS = ['x_386.go', 'gen.go', 'api.pb.go'];

const OTHER_LANGUAGES = ['x.s', 'x.S', 'x.h', 'y.c', 'y.syso'];
const COMPILED = [...LINUX, ...OTHERS, ...OTHER_LANGUAGES];

describe('the input patterns of folders of packages', () => {
  it.each<[string, readonly SourceFolder[], string[]]>([
    [
      'what is no test and not named for another system',
      [folder('apps/api'), folder('libs/money'), folder('libs/größe')],
      namesIn(['apps/api/', 'libs/money/', 'libs/größe/'], COMPILED),
    ],
    ['that of one folder', [folder('apps/api')], namesIn(['apps/api/'], COMPILED)],
    ['that of the root, and of no folder in it', [folder('.')], namesIn([''], COMPILED)],
    [
      'no file that is not compiled',
      [folder('.', ['gen']), folder('libs/m', ['api.pb', 'gen', 'x_386', 'y'])],
      [
        ...namesIn([''], [...LINUX, 'x_386.go', 'api.pb.go', ...OTHER_LANGUAGES]),
        ...namesIn(['libs/m/'], [...LINUX, 'x.s', 'x.S', 'x.h']),
      ],
    ],
    [
      'languages apart where names do not tell of both',
      [
        { dir: '.', go: spared(['x_386']), other: spared(['y']), both: undefined, files: [] },
        { dir: 'libs/m', go: undefined, other: spared(['x']), both: undefined, files: [] },
      ],
      [
        ...namesIn([''], [...LINUX, 'gen.go', 'api.pb.go', 'x.s', 'x.S', 'x.h']),
        ...namesIn(['libs/m/'], ['y.c', 'y.syso']),
      ],
    ],
  ])('match %s, in both matchers of Nx', (_, folders, expected) => {
    expect(hashed(folderPatterns(folders), ALL).sort()).toEqual(expected.sort());
    expect(affected(folderPatterns(folders), ALL).sort()).toEqual(expected);
  });

  it('are none for none', () => expect(folderPatterns([])).toEqual([]));

  it('are one for all folders that have no more than files for other systems, and one for each that has more', () => {
    const folders = [
      folder('b'),
      folder('a', [], ['x_windows']),
      folder('c', ['gen']),
      folder('e', ['gen', 'x']),
      folder('d', ['gen']),
    ];
    expect(folderPatterns(folders).map((each) => each.replace(/\/!.*zos/, ' ').replace(/@.*/, ''))).toEqual([
      '{workspaceRoot}/e |gen|x).',
      '{workspaceRoot}/{a,b} ).',
      '{workspaceRoot}/{c,d} |gen).',
    ]);
  });
});

describe('the input patterns of few folders', () => {
  it('name what is there and not compiled', () => {
    const go = (dir: string, ...names: Parameters<typeof spared>) =>
      fewFolderPatterns([{ ...folder(dir, ...names), other: undefined }]);
    expect(go('a/b')).toEqual(['{workspaceRoot}/a/b/!(*_test).go']);
    expect(go('.')).toEqual(['{workspaceRoot}/{,}!(*_test).go']);
    expect(go('a', ['gen'], ['x_windows'])).toEqual(['{workspaceRoot}/a/!(*_test|x_windows|gen).go']);
    expect(
      fewFolderPatterns(
        [folder('a'), folder('b'), folder('c', ['gen'])].map((each) => ({ ...each, other: undefined })),
      ),
    ).toEqual(['{workspaceRoot}/c/!(*_test|gen).go', '{workspaceRoot}/{a,b}/!(*_test).go']);
  });

  it('match the same as those of many, as far as there are files', () => {
    const patterns = fewFolderPatterns([
      folder('libs/m', ['gen', 'x_386'], ['x_windows', 'x.y_plan9', '_zos']),
    ]);
    const expected = namesIn(['libs/m/'], [...LINUX, 'api.pb.go', ...OTHER_LANGUAGES]);
    expect(hashed(patterns, ALL)).toEqual(expected);
    expect(affected(patterns, ALL)).toEqual(expected);
  });
});
