import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withTemporaryFolder } from './temporary-folder';

describe('a temporary folder', () => {
  let parent: string;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'go-docker-temporary-'));
  });
  afterEach(() => rmSync(parent, { recursive: true }));

  it('is there for the action, and gone afterwards with all that is in it', async () => {
    const result = await withTemporaryFolder(join(parent, 'made'), 'work', (name) => {
      writeFileSync(join(parent, 'made', name, 'file'), 'text');
      return Promise.resolve(name);
    });
    expect(result).toMatch(new RegExp(`^\\.work\\.${process.pid}\\.`));
    expect(readdirSync(join(parent, 'made'))).toEqual([]);
  });

  it('is gone where the action fails', async () => {
    const failing = withTemporaryFolder(parent, 'work', () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(readdirSync(parent)).toEqual([]);
  });

  it('takes away those of processes that are no more, and leaves others', async () => {
    // No process has this number: the kernel's most is 4,194,304 (proc_sys_kernel(5), pid_max).
    mkdirSync(join(parent, '.work.4194305.0123abcd.tmp', 'deep'), { recursive: true });
    mkdirSync(join(parent, `.work.${process.ppid}.0123abcd.tmp`));
    mkdirSync(join(parent, '.work.of-the-user'));
    await withTemporaryFolder(parent, 'work', () => Promise.resolve());
    expect(readdirSync(parent).sort()).toEqual(
      [`.work.${process.ppid}.0123abcd.tmp`, '.work.of-the-user'].sort(),
    );
    expect(existsSync(parent)).toBe(true);
  });
});
