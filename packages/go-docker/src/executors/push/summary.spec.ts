import { summary } from './summary';

const PUSHED = {
  digest: 'sha256:abc',
  images: [
    { platform: 'linux/amd64', digest: 'sha256:def' },
    { platform: 'linux/arm64', digest: 'sha256:012' },
  ],
  references: ['registry.example.com/api:1.0', 'registry.example.com/api:latest'],
  blobs: { sent: 3, mounted: 1, there: 2 },
} as const;

describe('the summary of a push', () => {
  it('names every tag, what was sent, and the digest', () => {
    expect(summary(PUSHED, { kinds: ['SBOM', 'provenance'], notes: ['a note'] }, 'dist/digest.txt')).toBe(
      [
        'Pushed registry.example.com/api:1.0  linux/amd64, linux/arm64',
        'Pushed registry.example.com/api:latest  linux/amd64, linux/arm64',
        '  3 blobs sent, 1 mounted, 2 there already; beside it: SBOM, provenance',
        '  a note',
        'Digest sha256:abc  in dist/digest.txt',
      ].join('\n'),
    );
  });

  it('claims nothing that was not made', () => {
    expect(summary(PUSHED, { kinds: [], notes: [] }, 'x')).toContain('2 there already\nDigest');
  });
});
