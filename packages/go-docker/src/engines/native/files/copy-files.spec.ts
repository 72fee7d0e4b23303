import type { FileNode } from '@go-docker/oci-image';
import { Readable } from 'node:stream';
import { copyFiles, type CopyOrder } from './copy-files';
import { FileTree } from './file-tree';

const owned = { uid: 0, gid: 0 };
const file = (stamp = 'x'): FileNode => ({
  type: 'file',
  mode: 0o644,
  ...owned,
  size: 1,
  stamp,
  open: () => Readable.from([]),
});
const folder = (mode = 0o755): FileNode => ({ type: 'directory', mode, ...owned });
const link = (target: string): FileNode => ({ type: 'symlink', target, mode: 0o777, ...owned });

/** What a COPY changes: each path with its mode and owner. */
function copied(from: FileTree, to: FileTree, order: Partial<CopyOrder>): readonly string[] {
  copyFiles(from, to, { sources: ['/'], destination: '/', workingFolder: '/', ...order });
  return [...to.takeChanges()]
    .map(
      ([path, { type, mode, uid, gid }]) =>
        `${path}${type === 'directory' ? '/' : ''} ${mode.toString(8)} ${uid}:${gid}`,
    )
    .sort();
}

// What BuildKit does in each case is compared in spec/engines/native/same-image.docker.spec.ts.
describe('a COPY', () => {
  const from = FileTree.of([
    ['a', file()],
    ['dir', folder(0o700)],
    ['dir/sub', folder(0o711)],
    ['dir/sub/b', file()],
    ['link', link('dir/sub')],
    ['loop', link('loop')],
  ]);

  it('gives the folder that it makes 0755, and those in it the modes of their sources', () => {
    expect(copied(from, new FileTree(), { sources: ['dir'], destination: '/new' })).toEqual([
      'new/ 755 0:0',
      'new/sub/ 711 0:0',
      'new/sub/b 644 0:0',
    ]);
  });

  it('gives its owner to the folders above as well, and its mode to what is copied alone', () => {
    const order = {
      sources: ['a'],
      destination: 'x/y/',
      workingFolder: '/w',
      mode: 0o600,
      owner: { uid: 5, gid: 6 },
    };
    expect(copied(from, new FileTree(), order)).toEqual([
      'w/ 755 5:6',
      'w/x/ 755 5:6',
      'w/x/y/ 755 5:6',
      'w/x/y/a 600 5:6',
    ]);
  });

  it('changes nothing where the same file lies there already', () => {
    const to = FileTree.of([['a', file()]]);
    expect(copied(from, to, { sources: ['a'], destination: '/a' })).toEqual([]);
    expect(copied(FileTree.of([['a', file('later')]]), to, { sources: ['a'], destination: '/a' })).toEqual([
      'a 644 0:0',
    ]);
  });

  it('follows the links of a source and of its destination, and not those within', () => {
    const to = FileTree.of([
      ['etc', folder()],
      ['bin', link('/etc')],
    ]);
    expect(copied(from, to, { sources: ['link'], destination: '/bin/x' })).toEqual([
      'etc/x/ 755 0:0',
      'etc/x/b 644 0:0',
    ]);
    expect(
      copied(
        FileTree.of([
          ['d', folder()],
          ['d/l', link('/etc')],
        ]),
        to,
        { sources: ['d'] },
      ),
    ).toEqual(['l 777 0:0']);
  });

  it.each([
    [{ sources: ['none'] }, '"/none" is not there, or the ignore file keeps it out'],
    [{ sources: ['none/*'] }, '"/none/*" is not there, or the ignore file keeps it out'],
    [{ sources: ['a'], destination: '/file/' }, '"/file" is a file, not a folder'],
    [{ sources: ['dir'], destination: '/file' }, '"/file" is a file, not a folder'],
    [{ sources: ['loop'] }, 'symbolic links lead in a circle'],
  ])('is refused as %j', (order, message) => {
    expect(() => copied(from, FileTree.of([['file', file()]]), order)).toThrow(message);
  });
});
