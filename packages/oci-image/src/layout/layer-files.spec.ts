import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sha256, tarOf, temporaryFolder } from '../../spec/archives';
import { layerFiles } from './layer-files';

const folder = temporaryFolder();
mkdirSync(join(folder, 'blobs', 'sha256'), { recursive: true });

function store(blob: Buffer) {
  const hex = sha256(blob);
  writeFileSync(join(folder, 'blobs', 'sha256', hex), blob);
  return { mediaType: 'x', digest: `sha256:${hex}`, size: blob.length } as const;
}

async function textOf(content: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const ENTRIES = [
  { name: './', type: 'directory' as const },
  { name: './app', mode: 0o755, content: 'program' },
  { name: 'link', type: 'symlink' as const, linkname: 'app' },
  { name: '/etc/.wh.passwd', content: '' },
  { name: 'large', content: 'x'.repeat(200_000) },
  { name: 'last', content: 'end' },
];

describe('layerFiles', () => {
  it.each([
    ['a plain', (tar: Buffer) => tar],
    ['a compressed', gzipSync],
  ])('gives the regular files of %s layer', async (_, pack) => {
    const layer = store(pack(await tarOf(ENTRIES)));
    const seen: unknown[] = [];
    for await (const { path, mode, size, content } of layerFiles(folder, layer)) {
      seen.push([path, mode, size, (await textOf(content)).length]);
    }
    expect(seen).toEqual([
      ['app', 0o755, 7, 7],
      ['etc/.wh.passwd', 0o644, 0, 0],
      ['large', 0o644, 200_000, 200_000],
      ['last', 0o644, 3, 3],
    ]);
  });

  it('lets a reader read nothing, a little, or all of a file', async () => {
    const layer = store(gzipSync(await tarOf(ENTRIES)));
    const ends: string[] = [];
    for await (const { path, content } of layerFiles(folder, layer)) {
      if (path === 'large') for await (const chunk of content) if (chunk.length > 0) break;
      if (path === 'last') ends.push(await textOf(content));
    }
    expect(ends).toEqual(['end']);
  });

  it('fails for a layer that is cut off', async () => {
    const layer = store((await tarOf(ENTRIES)).subarray(0, 5000));
    await expect(async () => {
      for await (const { content } of layerFiles(folder, layer)) await textOf(content);
    }).rejects.toThrow('it is cut off');
  });
});
