import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { FileNode } from '@go-docker/oci-image';
import { FileTree } from '../files/file-tree';
import { HostRoot } from './host-root';

const file = (content: string, stamp?: string): FileNode => ({
  type: 'file',
  ...{ mode: 0o444, uid: 0, gid: 0, size: content.length },
  ...(stamp !== undefined && { stamp }),
  open: () => Readable.from([Buffer.from(content)]),
});
const link = (target: string): FileNode => ({ type: 'symlink', target, mode: 0o777, uid: 0, gid: 0 });

describe('the folder that Go finds the files of a stage in', () => {
  const directory = mkdtempSync(join(tmpdir(), 'go-docker-spec-root-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  it('holds what the stage holds, and no longer what it has lost', async () => {
    const root = new HostRoot(join(directory, 'one'));
    await root.take(
      FileTree.of([
        ['src/a.go', file('a')],
        ['src/sub/b.go', file('b')],
      ]),
    );
    expect(readFileSync(root.pathOf('src/a.go'), 'utf8')).toBe('a');
    await root.take(
      FileTree.of([
        ['src/a.go', file('changed')],
        ['src/sub', file('a file now')],
      ]),
    );
    expect(readFileSync(root.pathOf('src/a.go'), 'utf8')).toBe('changed');
    expect(readFileSync(root.pathOf('src/sub'), 'utf8')).toBe('a file now');
    await root.take(new FileTree());
    expect(existsSync(root.pathOf('src'))).toBe(false);
  });

  it('is not written again where nothing has changed', async () => {
    const root = new HostRoot(join(directory, 'two'));
    await root.take(FileTree.of([['a.go', file('a', 'one')]]));
    const before = statSync(root.pathOf('a.go')).ino;
    await root.take(FileTree.of([['a.go', file('a', 'one')]]));
    expect(statSync(root.pathOf('a.go')).ino).toBe(before);
  });

  it('has no link that leads out of the stage', async () => {
    const root = new HostRoot(join(directory, 'three'));
    await root.take(
      FileTree.of([
        ['etc/passwd', file('of the stage')],
        ['absolute', link('/etc/passwd')],
        ['deep/up', link('../../../../../../etc/passwd')],
      ]),
    );
    expect(readFileSync(root.pathOf('absolute'), 'utf8')).toBe('of the stage');
    expect(readFileSync(root.pathOf('deep/up'), 'utf8')).toBe('of the stage');
  });
});
