import type { ArchivedImage } from '@go-docker/oci-image';
import { imageFor } from './base-images';

const image = (platform: string): ArchivedImage => ({
  platform,
  config: {
    os: 'linux',
    architecture: platform.split('/')[1] ?? '',
    rootfs: { type: 'layers', diff_ids: [] },
  },
  layers: [],
});

describe('the image for a platform', () => {
  it.each([
    ['linux/amd64', 'linux/amd64'],
    ['linux/amd64/v3', 'linux/amd64/v2'],
    ['linux/amd64/v1', 'linux/amd64'],
    ['linux/arm/v7', 'linux/arm/v6'],
    ['linux/arm/v5', undefined],
    ['linux/arm64', 'linux/arm64'],
    ['linux/riscv64', undefined],
  ])('%s is that for %s', (platform, found) => {
    const images = ['linux/amd64', 'linux/amd64/v2', 'linux/arm/v6', 'linux/arm64'].map(image);
    expect(imageFor(images, platform)?.platform).toBe(found);
  });
});
