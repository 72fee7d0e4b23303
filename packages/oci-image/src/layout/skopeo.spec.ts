import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../spec/archives';
import { layoutFor } from '../../spec/pushed-layouts';
import { skopeo } from '../../spec/registry';

const folder = temporaryFolder();

jest.setTimeout(200_000);

/** A folder as `skopeo copy … dir:` writes it: manifests and blobs, each named by its own digest or `manifest.json`. */
function digestsIn(directory: string): readonly string[] {
  return readdirSync(directory)
    .filter((name) => name !== 'version')
    .map((name) =>
      createHash('sha256')
        .update(readFileSync(join(directory, name)))
        .digest('hex'),
    );
}

describe('a layout, as skopeo takes it', () => {
  it('is one image with the digest and the layers that we say', async () => {
    const { directory, summary } = await layoutFor('amd64');
    const seen = JSON.parse(skopeo('inspect', `oci:${directory}`)) as Record<string, unknown>;
    const [image] = summary;
    expect(seen).toMatchObject({ Os: 'linux', Architecture: 'amd64', Digest: image?.digest });
    expect(seen['Layers']).toEqual(image?.layers.map(({ digest }) => digest));
    const copy = join(folder, 'one');
    skopeo('copy', '--preserve-digests', `oci:${directory}`, `dir:${copy}`);
    expect(digestsIn(copy).map((hex) => `sha256:${hex}`)).toEqual(
      expect.arrayContaining([image?.digest, ...(image?.layers ?? []).map(({ digest }) => digest)]),
    );
  });

  it('is an image for each platform, all of which it copies without changing a digest', async () => {
    const { directory, summary } = await layoutFor('amd64', 'arm/v7', 'arm64');
    for (const [architecture, variant] of [['amd64'], ['arm', 'v7'], ['arm64']]) {
      const platform = ['linux', architecture, variant].filter(Boolean).join('/');
      const image = summary.find((one) => one.platform === platform);
      const wanted = [
        `--override-arch=${architecture}`,
        ...(variant ? [`--override-variant=${variant}`] : []),
      ];
      const seen = JSON.parse(skopeo(...wanted, 'inspect', `oci:${directory}`)) as Record<string, unknown>;
      expect(seen).toMatchObject({ Os: 'linux', Architecture: architecture });
      expect(seen['Layers']).toEqual(image?.layers.map(({ digest }) => digest));
    }
    const copy = join(folder, 'several');
    skopeo('copy', '--all', '--preserve-digests', `oci:${directory}`, `dir:${copy}`);
    const digests = digestsIn(copy).map((hex) => `sha256:${hex}`);
    for (const { digest, layers } of summary)
      expect(digests).toEqual(expect.arrayContaining([digest, ...layers.map((layer) => layer.digest)]));
  });
});
