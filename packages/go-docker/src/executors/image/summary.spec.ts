import { summary } from './summary';

const digest = `sha256:${'1'.repeat(64)}` as const;
const layer = (origin: 'base' | 'app', unpackedBytes: number, compressedBytes: number) => ({
  ...{ diffId: digest, digest, origin },
  ...{ unpackedBytes, compressedBytes },
});

it('the summary of an image names both sizes, and what of them is the app', () => {
  const images = [
    {
      ...{ platform: 'linux/amd64', digest, unpackedBytes: 9_600_000, compressedBytes: 3_300_000 },
      layers: [
        layer('base', 2_000_000, 600_000),
        layer('app', 7_500_000, 2_600_000),
        layer('app', 100_000, 100_000),
      ],
    },
  ];
  expect(summary({ project: '@shop/api', images }, 'dist/images/@shop+api')).toBe(`
@shop/api → dist/images/@shop+api
  linux/amd64  ${digest}
    unpacked 9.60 MB (base 2.00 MB, app 7.60 MB), compressed 3.30 MB (base 600 kB, app 2.70 MB)
`);
});
