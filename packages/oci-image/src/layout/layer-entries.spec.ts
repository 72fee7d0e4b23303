import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sha256, tarOf, temporaryFolder } from '../../spec/archives';
import { layerEntries } from './layer-entries';

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
  { name: './srv/pages/', type: 'directory' as const },
  { name: 'srv/hard', type: 'link' as const, linkname: 'app' },
  { name: '/etc/.wh.passwd', content: '' },
  { name: 'large', content: 'x'.repeat(200_000) },
  { name: 'last', content: 'end' },
];

describe('layerEntries', () => {
  it.each([
    ['a plain', (tar: Buffer) => tar],
    ['a compressed', gzipSync],
  ])('gives what %s layer has, and the content of its files', async (_, pack) => {
    const layer = store(pack(await tarOf(ENTRIES)));
    const seen: unknown[] = [];
    for await (const entry of layerEntries(folder, layer)) {
      const { kind, path } = entry;
      if (entry.kind !== 'file') seen.push([kind, path]);
      else seen.push([path, entry.mode, entry.size, (await textOf(entry.content)).length]);
    }
    expect(seen).toEqual([
      ['folder', ''],
      ['app', 0o755, 7, 7],
      ['other', 'link'],
      ['folder', 'srv/pages'],
      ['other', 'srv/hard'],
      ['etc/.wh.passwd', 0o644, 0, 0],
      ['large', 0o644, 200_000, 200_000],
      ['last', 0o644, 3, 3],
    ]);
  });

  it('lets a reader read nothing, a little, or all of a file', async () => {
    const layer = store(gzipSync(await tarOf(ENTRIES)));
    const ends: string[] = [];
    for await (const entry of layerEntries(folder, layer)) {
      if (entry.kind !== 'file') continue;
      if (entry.path === 'large') for await (const chunk of entry.content) if (chunk.length > 0) break;
      if (entry.path === 'last') ends.push(await textOf(entry.content));
    }
    expect(ends).toEqual(['end']);
  });

  it('fails for a layer that is cut off', async () => {
    const layer = store((await tarOf(ENTRIES)).subarray(0, 5000));
    await expect(async () => {
      for await (const entry of layerEntries(folder, layer)) {
        if (entry.kind === 'file') await textOf(entry.content);
      }
    }).rejects.toThrow('it is cut off');
  });
});
