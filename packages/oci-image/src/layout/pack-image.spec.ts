import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Descriptor, Layout, LayoutImage } from './layout';
import { packImage } from './pack-image';

describe('packImage', () => {
  let directory = '';
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'pack-image-'));
    mkdirSync(join(directory, 'blobs/sha256'), { recursive: true });
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const blob = (content: string): Descriptor => {
    const hex = createHash('sha256').update(content).digest('hex');
    writeFileSync(join(directory, 'blobs/sha256', hex), content);
    return {
      mediaType: 'application/octet-stream',
      digest: `sha256:${hex}`,
      size: Buffer.byteLength(content),
    };
  };
  const imageOf = (platform: string, ...layers: string[]): LayoutImage => ({
    platform,
    manifest: blob(`manifest of ${platform}`),
    configDescriptor: blob(`config of ${platform}`),
    config: { os: 'linux', architecture: 'amd64', rootfs: { type: 'layers', diff_ids: [] } },
    layers: layers.map(blob),
  });
  const layoutOf = (...images: LayoutImage[]): Layout => ({ directory, images });

  const tar = (args: string[], archive: Buffer) =>
    execFileSync('tar', args, { input: archive, encoding: 'utf8' });

  it('holds the one image of many, each blob once, as tar reads it', async () => {
    const amd64 = imageOf('linux/amd64', 'base', 'x'.repeat(512), 'base');
    const archive = await buffer(packImage(layoutOf(imageOf('linux/arm64', 'other'), amd64), amd64));
    const path = (content: string) => `blobs/sha256/${createHash('sha256').update(content).digest('hex')}`;

    expect(tar(['-t'], archive).trim().split('\n')).toEqual([
      'oci-layout',
      'index.json',
      'manifest.json',
      path('manifest of linux/amd64'),
      path('config of linux/amd64'),
      path('base'),
      path('x'.repeat(512)),
    ]);
    expect(tar(['-xO', path('x'.repeat(512))], archive)).toBe('x'.repeat(512));
    expect(JSON.parse(tar(['-xO', 'manifest.json'], archive))).toEqual([
      {
        Config: path('config of linux/amd64'),
        RepoTags: [],
        Layers: [path('base'), path('x'.repeat(512)), path('base')],
      },
    ]);
    expect(JSON.parse(tar(['-xO', 'index.json'], archive)).manifests).toEqual([amd64.manifest]);
  });

  it('fails where a blob is gone', async () => {
    const image = imageOf('linux/amd64', 'base');
    rmSync(join(directory, 'blobs'), { recursive: true });
    await expect(buffer(packImage(layoutOf(image), image))).rejects.toThrow('ENOENT');
  });
});
