import { memoryFileSystem } from '../files/memory-file-system';
import { goVersionOf } from './go-version';
import { readGoWorkspace } from './read-workspace';

describe('goVersionOf', () => {
  const inModule = (lines: string): string | undefined =>
    goVersionOf(readGoWorkspace(memoryFileSystem({ 'go.mod': `module a\n${lines}` })), '.');

  it.each([
    ['go 1.25\n', '1.25'],
    ['go 1.25\ntoolchain go1.25.3\n', '1.25.3'],
    ['go 1.25.1\ntoolchain go1.26rc1\n', '1.26rc1'],
    ['go 1.26.2\ntoolchain go1.25.9\n', '1.26.2'],
    ['go 1.25.1\ntoolchain default\n', '1.25.1'],
    ['go 1.25.1\ntoolchain go1.26.0-corp\n', '1.25.1'],
    ['', undefined],
  ])('%j asks for %s', (lines, version) => {
    expect(inModule(lines)).toBe(version);
  });

  it('is that of go.work where Go reads it', () => {
    const workspace = readGoWorkspace(
      memoryFileSystem({
        'go.work': 'go 1.26.0\nuse ./a\nuse ./vendored\n',
        'a/go.mod': 'module a\ngo 1.21\n',
        'b/go.mod': 'module b\ngo 1.22\n',
        'vendored/go.mod': 'module vendored\ngo 1.23\n',
        'vendored/vendor/modules.txt': '',
      }),
    );

    expect(['a', 'b', 'vendored'].map((dir) => goVersionOf(workspace, dir))).toEqual([
      '1.26.0',
      '1.22',
      '1.23',
    ]);
  });
});
