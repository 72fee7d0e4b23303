import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replaceImage } from './replace-image';

describe('replaceImage', () => {
  let folder = '';
  let image = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'replace-image-'));
    image = join(folder, 'api');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const writing = (text: string) => (directory: string) => {
    writeFileSync(join(directory, 'image.json'), text);
    return Promise.resolve(text);
  };
  const imageText = () => readFileSync(join(image, 'image.json'), 'utf8');

  it('puts an image where there was none, and gives what the writer gives', async () => {
    image = join(folder, 'dist/images/api');
    expect(await replaceImage(image, writing('new'))).toBe('new');
    expect(imageText()).toBe('new');
    expect(readdirSync(join(folder, 'dist/images'))).toEqual(['api']);
  });

  it('replaces the whole folder', async () => {
    mkdirSync(join(image, 'oci/blobs'), { recursive: true });
    await replaceImage(image, writing('new'));
    expect(readdirSync(image)).toEqual(['image.json']);
    expect(readdirSync(folder)).toEqual(['api']);
  });

  it('leaves the previous image and nothing else when writing fails', async () => {
    await replaceImage(image, writing('old'));
    const failing = replaceImage(image, async (directory) => {
      await writing('half')(directory);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(imageText()).toBe('old');
    expect(readdirSync(folder)).toEqual(['api']);
  });

  it('leaves one whole image when many write at once', async () => {
    const texts = Array.from({ length: 8 }, (_, number) => `${number}`);
    await Promise.all(texts.map((text) => replaceImage(image, writing(text))));
    expect(texts).toContain(imageText());
    expect(readdirSync(folder)).toEqual(['api']);
  });

  it('never replaces a folder that holds anything else', async () => {
    mkdirSync(image);
    writeFileSync(join(image, 'main.go'), 'package main');
    await expect(replaceImage(image, writing('new'))).rejects.toThrow(
      'cannot be replaced: it holds main.go, which no image has\n→ give the image a folder of its own (option "outputPath")',
    );
    expect(readdirSync(image)).toEqual(['main.go']);
  });

  it('says what stands in the way where the folder is a file', async () => {
    writeFileSync(image, '');
    await expect(replaceImage(image, writing('new'))).rejects.toThrow(
      `${image} cannot be written: a file stands where a folder is needed`,
    );
  });

  it('says which disk is full', async () => {
    const full = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' });
    const failing = replaceImage(image, () => Promise.reject(new Error('layer', { cause: full })));
    await expect(failing).rejects.toThrow(
      `${image} cannot be written: no space is left on its disk\n→ make room`,
    );
  });

  describe('after a process was killed', () => {
    const deadPid = spawnSync(process.execPath, ['-e', '']).pid;
    const leftBehind = (kind: string, pid = deadPid) => {
      const path = join(folder, `.api.${pid}.0123abcd.${kind}`);
      mkdirSync(path);
      writeFileSync(join(path, 'image.json'), `${kind} of ${pid}`);
      return path;
    };
    const failing = () => replaceImage(image, () => Promise.reject(new Error('no'))).catch(() => undefined);

    it('sweeps what it was writing', async () => {
      leftBehind('tmp');
      await replaceImage(image, writing('new'));
      expect(readdirSync(folder)).toEqual(['api']);
    });

    it('puts the previous image back where it had just been moved away', async () => {
      leftBehind('old');
      await failing();
      expect(imageText()).toBe(`old of ${deadPid}`);
      expect(readdirSync(folder)).toEqual(['api']);
    });

    it('keeps the newer image where both are there', async () => {
      await replaceImage(image, writing('newer'));
      leftBehind('old');
      await failing();
      expect(imageText()).toBe('newer');
      expect(readdirSync(folder)).toEqual(['api']);
    });

    it('touches nothing of a build that is under way, nor of another image', async () => {
      const underWay = leftBehind('tmp', process.pid);
      const other = join(folder, `.api.v2.${deadPid}.0123abcd.tmp`);
      mkdirSync(other);
      await replaceImage(image, writing('new'));
      expect([existsSync(underWay), existsSync(other)]).toEqual([true, true]);
    });
  });
});
