import { mkdirSync, mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../../spec/archives';
import { pruneBlobs } from './prune-blobs';

const folder = temporaryFolder();
const HOUR_MS = 3600 * 1000;

/** A folder of files of 1000 bytes that were used so many hours ago, by the first sign of their names. */
function blobs(hours: Readonly<Record<string, number>>) {
  const directory = mkdtempSync(join(folder, 'cache-'));
  const away = join(directory, 'away');
  const held = join(directory, 'blobs');
  for (const each of [away, held]) mkdirSync(each);
  for (const [sign, ago] of Object.entries(hours)) {
    const file = join(held, sign.length === 1 ? sign.repeat(64) : sign);
    writeFileSync(file, Buffer.alloc(1000));
    const used = new Date(Date.now() - ago * HOUR_MS);
    utimesSync(file, used, used);
  }
  const left = () =>
    readdirSync(held)
      .map((name) => (name.length === 64 ? name[0] : name))
      .join(' ');
  return { left, away: () => readdirSync(away), prune: (limit: number) => pruneBlobs(held, away, limit) };
}

describe('the cache of base images', () => {
  it('gives up what was not used for the longest time, and no more than it has to', async () => {
    const cache = blobs({ a: 30, b: 300, c: 48, d: 100 });
    await cache.prune(2000);
    expect(cache.left()).toBe('a c');
    expect(cache.away()).toEqual([]);
  });

  it('keeps all where it holds no more than it may', async () => {
    const cache = blobs({ a: 30, b: 300 });
    await cache.prune(2000);
    expect(cache.left()).toBe('a b');
  });

  it('keeps what may be in use, and what is no blob', async () => {
    const cache = blobs({ a: 1, b: 23, c: 25, 'read me': 1000 });
    await cache.prune(0);
    expect(cache.left()).toBe('a b read me');
  });

  it('is pruned by several processes at once as by one', async () => {
    const cache = blobs({ a: 30, b: 31, c: 32, d: 33, e: 34, f: 35 });
    await Promise.all([cache.prune(0), cache.prune(0), cache.prune(0)]);
    expect(cache.left()).toBe('');
    expect(cache.away()).toEqual([]);
  });

  it('is not there yet, which is no reason to fail', async () => {
    await expect(pruneBlobs(join(folder, 'none'), join(folder, 'away'), 0)).resolves.toBeUndefined();
  });
});
