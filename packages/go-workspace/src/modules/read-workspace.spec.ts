import { memoryFileSystem } from '../files/memory-file-system';
import { readGoWorkspace } from './read-workspace';

describe('readGoWorkspace', () => {
  it('finds modules wherever they may be, and those in unusual places where a file names them', () => {
    const { modules, workFile } = readGoWorkspace(
      memoryFileSystem({
        'go.work': 'go 1.25\nuse ./testdata/used\nreplace example.com/r => ./_replaced\n',
        'testdata/used/go.mod': 'module used\nreplace example.com/s => ../../vendor/deep\n',
        'testdata/used/go.sum': '',
        '_replaced/go.mod': 'module replaced\n',
        'vendor/deep/go.mod': 'module deep\n',
        'vendor/never/go.mod': 'module never\n',
        'node_modules/never/go.mod': 'module never\n',
        'dist/never/go.mod': 'module never\n',
        '.never/go.mod': 'module never\n',
        'web/go.mod': 'module web\ngo 1.25\n',
        'web/vendor/modules.txt': '',
        'web/inner/go.mod': 'module web/inner\n',
      }),
    );

    expect(workFile?.use).toEqual([{ directory: './testdata/used', line: 2 }]);
    expect(
      modules.map(({ dir, path, inWorkFile, hasGoSum, hasVendor }) => [
        dir,
        path,
        inWorkFile,
        hasGoSum,
        hasVendor,
      ]),
    ).toEqual([
      ['_replaced', 'replaced', false, false, false],
      ['testdata/used', 'used', true, true, false],
      ['vendor/deep', 'deep', false, false, false],
      ['web', 'web', false, false, true],
      ['web/inner', 'web/inner', false, false, false],
    ]);
  });

  it('reads a workspace without Go', () => {
    expect(readGoWorkspace(memoryFileSystem({ 'package.json': '{}' })).modules).toEqual([]);
  });

  it('refuses a module outside of the workspace', () => {
    expect(() => readGoWorkspace(memoryFileSystem({ 'go.work': 'go 1.25\nuse ../lib\n' }))).toThrow(
      'go.work:2: `use ../lib` leaves the workspace',
    );
  });
});
