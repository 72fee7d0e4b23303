import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { OciImageError, openArchive, type ArchivedLayer } from '..';
import {
  addBlob,
  addIndex,
  addManifest,
  configOf,
  dockerFiles,
  INDEX,
  MANIFEST,
  ociFiles,
  tarOf,
  temporaryFolder,
  writeFiles,
  sha256,
  type Files,
  type TestEntry,
  type TestLayer,
} from '../../spec/archives';

const folder = temporaryFolder();
const archive = join(folder, 'image.tar');
let base: TestLayer;
let app: TestLayer;

beforeAll(async () => {
  base = { tar: await tarOf([{ name: 'etc/passwd', content: 'root' }]), created: '2024-05-06T07:08:09Z' };
  app = { tar: await tarOf([{ name: 'app', content: 'binary' }]) };
});

async function contentOf(layer: ArchivedLayer | undefined): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of layer?.open() ?? []) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

describe('openArchive', () => {
  it('reads an OCI layout in a tar', async () => {
    await writeFiles(archive, ociFiles({ layers: [base, app] }));
    const { file, images } = await openArchive(archive);
    expect(file).toBe(archive);
    expect(images).toHaveLength(1);
    expect(images[0]).toMatchObject({ platform: 'linux/amd64', config: { config: { Env: ['A=b'] } } });
    const [, layer] = images[0]?.layers ?? [];
    expect(layer).toMatchObject({
      diffId: `sha256:${sha256(app.tar)}`,
      digest: `sha256:${sha256(gzipSync(app.tar))}`,
      compression: 'gzip',
      size: gzipSync(app.tar).length,
    });
    expect(await contentOf(layer)).toEqual(gzipSync(app.tar));
  });

  it('reads plain layers, as the classic image store saves them', async () => {
    await writeFiles(archive, ociFiles({ layers: [{ ...app, blob: app.tar }] }));
    const [layer] = (await openArchive(archive)).images[0]?.layers ?? [];
    expect(layer).toMatchObject({ compression: 'none', digest: layer?.diffId });
  });

  it('reads every platform of an index in an index, and leaves attestations out', async () => {
    const files: Files = new Map();
    const amd64 = addManifest(files, { layers: [app] });
    const arm = addManifest(files, { layers: [app], architecture: 'arm', variant: 'v7' });
    const arm64 = addManifest(files, { layers: [app], architecture: 'arm64', variant: 'v8' });
    const unknown = { ...addBlob(files, MANIFEST, {}), platform: { os: 'unknown', architecture: 'unknown' } };
    const annotations = { 'vnd.docker.reference.type': 'attestation-manifest' };
    const attestation = { ...addBlob(files, MANIFEST, []), annotations };
    addIndex(files, [addBlob(files, INDEX, { manifests: [amd64, unknown, arm, attestation, arm64] })]);
    const { images } = await openArchive(await writeFiles(archive, files));
    expect(images.map(({ platform }) => platform)).toEqual(['linux/amd64', 'linux/arm/v7', 'linux/arm64']);
  });

  it('passes over the platforms that an image store has not fetched, where it is told to', async () => {
    const files: Files = new Map();
    const manifests = [addManifest(files, { layers: [app] })];
    const missing = addManifest(new Map(), { layers: [base], architecture: 'arm64' });
    addIndex(files, [addBlob(files, INDEX, { schemaVersion: 2, manifests: [...manifests, missing] })]);
    await writeFiles(archive, files);
    const { images } = await openArchive(archive, { partial: true });
    expect(images.map(({ platform }) => platform)).toEqual(['linux/amd64']);
    await expect(openArchive(archive)).rejects.toThrow('the image archive is not whole');
  });

  it('reads what docker save wrote before Docker 25, links and all', async () => {
    const files = dockerFiles({ layers: [app, app] });
    const entries: TestEntry[] = [...files].map(([name, content]) => ({ name, content }));
    const second = entries.findIndex(({ name }) => name === 'layer1/layer.tar');
    entries[second] = { name: 'layer1/layer.tar', type: 'symlink', linkname: '../layer0/layer.tar' };
    writeFileSync(archive, await tarOf(entries));
    const { images } = await openArchive(archive);
    expect(images[0]?.layers.map(({ digest }) => digest)).toEqual([undefined, undefined]);
    expect(await contentOf(images[0]?.layers[1])).toEqual(app.tar);
  });

  it('ends the stream of a layer that is not what its digest says with an error', async () => {
    const files = ociFiles({ layers: [app] });
    const name = `blobs/sha256/${sha256(gzipSync(app.tar))}`;
    files.set(name, Buffer.alloc(gzipSync(app.tar).length, 0x1f));
    const [layer] = (await openArchive(await writeFiles(archive, files))).images[0]?.layers ?? [];
    await expect(contentOf(layer)).rejects.toThrow(`${archive}: ${name} is not what its digest says`);
  });

  describe('refuses', () => {
    it.each([
      ['a file that is not there', () => Promise.resolve(join(folder, 'none.tar')), 'cannot be read: ENOENT'],
      ['an empty file', () => write(Buffer.alloc(0)), 'the tar archive is damaged: it holds nothing'],
      ['a file that is no tar', () => write(Buffer.from('hello'.repeat(1000))), 'the tar archive is damaged'],
      [
        'a tar of something else',
        () => entries([{ name: 'readme', content: 'x' }]),
        'this is no image archive',
      ],
      [
        'a name outside',
        () => entries([{ name: 'blobs/../../x', content: '' }]),
        "'blobs/../../x' lies outside of it",
      ],
      [
        'an absolute name',
        () => entries([{ name: '/etc/passwd', content: '' }]),
        "'/etc/passwd' lies outside of it",
      ],
      [
        'one name twice',
        () => entries(['1', '2'].map((content) => ({ name: 'index.json', content }))),
        "'index.json' is in it twice",
      ],
      [
        'a link without end',
        () => entries([{ name: 'index.json', type: 'symlink', linkname: 'index.json' }]),
        "'index.json' is a link without end",
      ],
      ['an index that is no JSON', () => withIndex('{'), 'this is not JSON'],
      ['an index that is a list', () => withIndex('[]'), 'it is not an object'],
      ['an index of nothing', () => withIndex('{"manifests":[]}'), 'the archive holds no image'],
      ['an index of texts', () => withIndex('{"manifests":["x"]}'), 'manifests[0] is not an object'],
      [
        'a digest with a path in it',
        () => withIndex(`{"manifests":[{"mediaType":"${MANIFEST}","digest":"sha256:../../x","size":1}]}`),
        "'manifests[0].digest' is not a sha256 digest",
      ],
      [
        'a blob that is missing',
        () =>
          withIndex(
            `{"manifests":[{"mediaType":"${MANIFEST}","digest":"sha256:${'0'.repeat(64)}","size":1}]}`,
          ),
        `blobs/sha256/${'0'.repeat(64)} is missing`,
      ],
      ['a config of other bytes', () => changed('config', Buffer.from), 'is not what its digest says'],
      ['a blob of another size', () => changed('layer', (blob) => blob.subarray(1)), "'layers[0].size' says"],
      ['a manifest of another kind', () => ofType('text/plain'), "is 'text/plain', which is no image"],
      [
        'a Windows image',
        () => withConfig({ os: 'windows' }),
        "'os' is 'windows'; only linux images are read",
      ],
      [
        'a config without diffIDs',
        () => withConfig({ rootfs: {} }),
        'the manifest has 1 layers, the config 0',
      ],
      [
        'diffIDs that are none',
        () => withConfig({ rootfs: { diff_ids: ['sha512:00'] } }),
        "'rootfs.diff_ids' holds something else than sha256 digests",
      ],
      [
        'a document that would fill the memory',
        () => withIndex(' '.repeat(5 * 2 ** 20)),
        'index.json has 5242880 bytes, which is no document',
      ],
    ])('%s', async (_name, make, message) => {
      const error = await make()
        .then(openArchive)
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(OciImageError);
      expect((error as Error).message).toContain(message);
    });

    it('an archive that was cut off, wherever', async () => {
      await writeFiles(archive, ociFiles({ layers: [base, app] }));
      const size = (
        await tarOf([...ociFiles({ layers: [base, app] })].map(([name, content]) => ({ name, content })))
      ).length;
      // The last 1024 bytes only mark the end.
      for (let length = size - 1024 - 100; length >= 0; length -= 100) {
        truncateSync(archive, length);
        await expect(openArchive(archive)).rejects.toThrow(OciImageError);
      }
    });
  });

  function write(bytes: Buffer): Promise<string> {
    writeFileSync(archive, bytes);
    return Promise.resolve(archive);
  }
  async function entries(list: readonly TestEntry[]): Promise<string> {
    return write(await tarOf(list));
  }
  function withIndex(index: string): Promise<string> {
    return writeFiles(archive, new Map([['index.json', Buffer.from(index)]]));
  }
  function ofType(mediaType: string): Promise<string> {
    const files: Files = new Map();
    addIndex(files, [{ ...addManifest(files, { layers: [app] }), mediaType }]);
    return writeFiles(archive, files);
  }
  function withConfig(other: Record<string, unknown>): Promise<string> {
    return writeFiles(archive, ociFiles({ layers: [app], other }));
  }
  function changed(what: 'config' | 'layer', change: (blob: Buffer) => Buffer): Promise<string> {
    const files = ociFiles({ layers: [app] });
    const config = Buffer.from(JSON.stringify(configOf({ layers: [app] })));
    const blob = what === 'config' ? config : gzipSync(app.tar);
    const replaced = what === 'config' ? Buffer.from(blob.toString().replace('A=b', 'A=c')) : change(blob);
    return writeFiles(archive, files.set(`blobs/sha256/${sha256(blob)}`, replaced));
  }
});
