import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ImageJson, readImageJson, writeImageJson } from './image-json';

const diffId = `sha256:${'1'.repeat(64)}` as const;
const digest = `sha256:${'2'.repeat(64)}` as const;
const image: ImageJson = {
  project: '@shop/api',
  images: [
    {
      platform: 'linux/amd64',
      digest,
      unpackedBytes: 10,
      compressedBytes: 4,
      layers: [{ diffId, digest, unpackedBytes: 10, compressedBytes: 4, origin: 'app' }],
    },
  ],
};

describe('image.json', () => {
  let workspace = '';
  beforeEach(() => {
    workspace = mkdtempSync(join(tmpdir(), 'image-json-'));
    mkdirSync(join(workspace, 'dist/images/api'), { recursive: true });
  });
  afterEach(() => rmSync(workspace, { recursive: true }));
  const file = () => join(workspace, 'dist/images/api/image.json');

  it('is read as it was written', () => {
    writeImageJson(join(workspace, 'dist/images/api'), image);
    expect(readImageJson(workspace, 'dist/images/api')).toEqual(image);
  });

  it('is JSON that other programs read', () => {
    writeImageJson(join(workspace, 'dist/images/api'), image);
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual(image);
  });

  it('is asked for by the target that makes it where it is not there', () => {
    expect(() => readImageJson(workspace, 'dist/images/web')).toThrow(
      'there is no image in dist/images/web\n→ run the image target first: nx run <project>:image',
    );
  });

  const platform = image.images[0];
  const layer = platform?.layers[0];
  it.each([
    ['no JSON', '{'],
    ['null', 'null'],
    ['without a project', { images: [] }],
    ['without images', { project: 'api' }],
    ['with a list of images that is empty', { project: 'api', images: [] }],
    ['with two images for one platform', { ...image, images: [platform, platform] }],
    ['with a digest that is none', { ...image, images: [{ ...platform, digest: 'sha256:12' }] }],
    ['with a negative size', { ...image, images: [{ ...platform, unpackedBytes: -1 }] }],
    ['with a size as text', { ...image, images: [{ ...platform, compressedBytes: '4' }] }],
    ['with half a layer', { ...image, images: [{ ...platform, layers: [{ ...layer, diffId: undefined }] }] }],
    [
      'with an origin nobody knows',
      { ...image, images: [{ ...platform, layers: [{ ...layer, origin: 'x' }] }] },
    ],
  ])('is refused %s, with the file and the command that mends it', (_, content) => {
    writeFileSync(file(), typeof content === 'string' ? content : JSON.stringify(content));
    expect(() => readImageJson(workspace, 'dist/images/api')).toThrow(
      /^dist\/images\/api\/image\.json: this is not the description .*\n→ build the image again: nx run <project>:image --skip-nx-cache$/,
    );
  });
});
