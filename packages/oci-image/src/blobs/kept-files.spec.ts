import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256, temporaryFolder } from '../../spec/archives';
import { KeptFiles, type KeptLimits } from './kept-files';

const folder = temporaryFolder();
let count = 0;

function keptFiles(limits?: KeptLimits) {
  const home = join(folder, String(count++));
  mkdirSync(home);
  const directory = join(home, 'kept');
  const files = new KeptFiles(directory, limits);
  const target = join(home, 'target');
  const keep = async (key: string, content: string, note = '') => {
    const source = join(home, 'source');
    writeFileSync(source, content);
    await files.keep(key, source, { digest: `sha256:${sha256(Buffer.from(content))}`, note });
  };
  return { directory, files, target, keep };
}

/** As if a file had last been asked for so many days ago. */
function age(directory: string, days: number): void {
  const then = new Date(Date.now() - days * 24 * 60 * 60 * 1000);
  for (const name of readdirSync(directory)) utimesSync(join(directory, name), then, then);
}

describe('KeptFiles', () => {
  it('gives a file again, with its digest and what was kept with it', async () => {
    const { files, target, keep } = keptFiles();
    await keep('a', 'hello', '12-ab');
    expect(await files.restore('a', target)).toEqual({
      // printf hello | sha256sum
      digest: 'sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
      bytes: 5,
      note: '12-ab',
    });
    expect(readFileSync(target, 'utf8')).toBe('hello');
  });

  it('has nothing where nothing was kept, or something under another key', async () => {
    const { files, target, keep } = keptFiles();
    expect(await files.restore('a', target)).toBeUndefined();
    await keep('b', 'hello');
    expect(await files.restore('a', target)).toBeUndefined();
    expect(existsSync(target)).toBe(false);
  });

  it('keeps one file for a key, the newest', async () => {
    const { directory, files, target, keep } = keptFiles();
    await keep('a', 'old');
    await keep('b', 'other');
    await keep('a', 'new');
    await files.restore('a', target);
    expect(readFileSync(target, 'utf8')).toBe('new');
    expect(readdirSync(directory)).toHaveLength(2);
  });

  it('gives out nothing that is not what it was, and removes it', async () => {
    const { directory, files, target, keep } = keptFiles();
    await keep('a', 'hello');
    const [name = ''] = readdirSync(directory);
    writeFileSync(join(directory, name), 'jello');
    expect(await files.restore('a', target)).toBeUndefined();
    expect(existsSync(target)).toBe(false);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('removes what nobody has asked for in days', async () => {
    const { directory, files, target, keep } = keptFiles({ bytes: 1000, days: 7 });
    await keep('a', 'asked for');
    await keep('b', 'forgotten');
    age(directory, 8);
    await files.restore('a', target);
    await keep('c', 'new');
    expect(await files.restore('b', target)).toBeUndefined();
    expect((await files.restore('a', target))?.bytes).toBe(9);
  });

  it('removes what is too much, the longest unused first, and never what has just come', async () => {
    const { directory, files, target, keep } = keptFiles({ bytes: 10, days: 7 });
    await keep('a', '12345');
    age(directory, 1);
    await keep('b', '12345');
    await keep('c', '12345');
    expect(await files.restore('a', target)).toBeUndefined();
    expect((await files.restore('b', target))?.bytes).toBe(5);
    await keep('d', '12345678901');
    expect((await files.restore('d', target))?.bytes).toBe(11);
  });

  it('is silent where the folder cannot be made', async () => {
    const { directory, files, target, keep } = keptFiles();
    writeFileSync(directory, 'a file');
    await keep('a', 'hello');
    expect(await files.restore('a', target)).toBeUndefined();
  });
});
