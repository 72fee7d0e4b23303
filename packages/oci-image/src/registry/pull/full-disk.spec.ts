import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../../spec/archives';
import { baseImage, filesIn, SETTINGS } from '../../../spec/base-image';
import { memoryRegistry } from '../../../spec/memory-registry';
import { pullImages } from './pull-images';

const cache = join(temporaryFolder(), 'cache');
/** Only then a file system of one's own can be mounted. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0;

(canMount ? describe : describe.skip)('a full disk', () => {
  beforeAll(() => {
    mkdirSync(cache);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', cache]);
  });
  afterAll(() => {
    execFileSync('umount', [cache]);
  });

  it('is named, and not taken for a fault of the registry; nothing half-made stays on it', async () => {
    const base = await baseImage();
    const registry = await memoryRegistry(base.files);
    const pulling = pullImages(`${registry.address}/base:1`, ['linux/amd64'], { ...SETTINGS, cache });
    await expect(pulling).rejects.toThrow('the cache of base images cannot be written: the disk is full');
    await expect(pulling).rejects.toThrow('free some space there');
    expect(filesIn(cache).filter((name) => name.startsWith('partial/'))).toEqual([]);
  });
});
