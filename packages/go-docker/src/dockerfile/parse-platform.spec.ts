import { parsePlatform } from './parse-platform';

describe('a platform', () => {
  it.each([
    ['linux/amd64', 'amd64', undefined],
    ['linux/arm/v6', 'arm', 'v6'],
    ['linux/arm', 'arm', 'v7'],
    ['linux/arm64/v8', 'arm64', undefined],
    ['linux/riscv64', 'riscv64', undefined],
  ])('may be %s', (text, architecture, variant) => {
    expect(parsePlatform(text)).toEqual({ os: 'linux', architecture, variant });
  });

  it.each([
    ['linux/x86_64', 'linux/amd64'],
    ['linux/aarch64', 'linux/arm64'],
    ['linux/arm/v8', 'linux/amd64'],
    ['windows/amd64', 'linux/amd64'],
    ['linux/amd64/v9', 'linux/amd64'],
    ['arm64', 'linux/arm64'],
  ])('is not %s, for which no image is built', (text, meant) => {
    expect(() => parsePlatform(text, { file: 'Dockerfile', line: 3 })).toThrow(
      `Dockerfile:3: "${text}" is not a platform that images are built for\n→ Did you mean ${meant}?`,
    );
  });
});
