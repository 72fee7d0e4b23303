import { existsSync, mkdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withWorkFolder } from './work-folder';

describe('the folder that a build works in', () => {
  it('is outside of the workspace, and gone afterwards', async () => {
    const folder = await withWorkFolder(async (made) => {
      expect(existsSync(made)).toBe(true);
      return made;
    });
    expect(folder.startsWith(join(tmpdir(), 'go-docker-native-'))).toBe(true);
    expect(existsSync(folder)).toBe(false);
  });

  it('is gone where the build fails', async () => {
    let folder = '';
    const failing = withWorkFolder(async (made) => {
      folder = made;
      throw new Error('x');
    });
    await expect(failing).rejects.toThrow('x');
    expect(existsSync(folder)).toBe(false);
  });

  it('is swept a day after its process was killed, and no sooner', async () => {
    // Above what Linux gives out: no process here has such an id, and in another container one may.
    const names = ['4194305-abcdef', '4194306-abcdef', 'of-mine'];
    const [old, recent, other] = names.map((name) => join(tmpdir(), `go-docker-native-${name}`)) as [
      string,
      string,
      string,
    ];
    const touch = (folder: string, hoursAgo: number) => {
      mkdirSync(join(folder, 'x'), { recursive: true });
      const time = new Date(Date.now() - hoursAgo * 3_600_000);
      utimesSync(folder, time, time);
    };
    touch(old, 25);
    touch(recent, 23);
    touch(other, 25);
    await withWorkFolder(async () => undefined);
    expect([old, recent, other].map((folder) => existsSync(folder))).toEqual([false, true, true]);
    for (const folder of [recent, other]) rmSync(folder, { recursive: true });
  });
});
