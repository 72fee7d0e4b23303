import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
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

  it('is swept where its process was killed, and nobody else takes it away', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const [dead, alive] = [`${pid}`, `${process.ppid}`].map((each) =>
      join(tmpdir(), `go-docker-native-${each}-abcdef`),
    );
    for (const folder of [dead, alive]) mkdirSync(folder ?? '', { recursive: true });
    await withWorkFolder(async () => undefined);
    expect([dead, alive].map((folder) => existsSync(folder ?? ''))).toEqual([false, true]);
    spawnSync('rm', ['-r', alive ?? '']);
  });
});
