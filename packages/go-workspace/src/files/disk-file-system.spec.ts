import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskFileSystem } from './disk-file-system';

describe('diskFileSystem', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'go-workspace-disk-'))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('reads files and folders, and finds nothing where nothing is', () => {
    mkdirSync(join(root, 'a'));
    writeFileSync(join(root, 'a/b'), 'text');
    const files = diskFileSystem(root);

    expect(files.readFile('a/b')).toBe('text');
    expect(files.readDirectory('a')).toEqual([{ name: 'b', kind: 'file' }]);
    expect([files.readFile('gone'), files.readFile('a'), files.readFile('a/b/c')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect([files.readDirectory('gone'), files.readDirectory('a/b')]).toEqual([[], []]);
  });

  it('follows links as far as they stay in the workspace', () => {
    mkdirSync(join(root, 'a'));
    writeFileSync(join(root, 'a/b'), '');
    symlinkSync('a/b', join(root, 'file'));
    symlinkSync('middle', join(root, 'folder'));
    symlinkSync('a', join(root, 'middle'));
    symlinkSync('/etc/hostname', join(root, 'absolute'));
    symlinkSync('../..', join(root, 'outside'));
    symlinkSync('nowhere', join(root, 'dangling'));
    symlinkSync('loop', join(root, 'loop'));

    const entries = [...diskFileSystem(root).readDirectory('.')].sort((x, y) => (x.name < y.name ? -1 : 1));
    expect(entries).toEqual([
      { name: 'a', kind: 'directory' },
      { name: 'file', kind: 'file', link: ['a/b'] },
      { name: 'folder', kind: 'directory', link: ['middle', 'a'] },
      { name: 'middle', kind: 'directory', link: ['a'] },
    ]);
  });
});
