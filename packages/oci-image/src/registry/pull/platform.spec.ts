import { acceptedPlatforms, choosePlatform, parsePlatform, platformText } from './platform';

const texts = (wanted: string) => acceptedPlatforms(parsePlatform(wanted)).map(platformText);

describe('acceptedPlatforms', () => {
  // What `platforms.Only` of github.com/containerd/platforms v1.0.0-rc.4 matches, in its order.
  it.each([
    ['linux/amd64', ['linux/amd64', 'linux/386']],
    ['linux/amd64/v3', ['linux/amd64/v3', 'linux/amd64/v2', 'linux/amd64', 'linux/386']],
    ['linux/arm', ['linux/arm/v7', 'linux/arm/v6', 'linux/arm/v5']],
    ['linux/arm/v6', ['linux/arm/v6', 'linux/arm/v5']],
    ['linux/arm/v5', ['linux/arm/v5']],
    ['linux/arm64', ['linux/arm64', 'linux/arm/v8', 'linux/arm/v7', 'linux/arm/v6', 'linux/arm/v5']],
    ['linux/riscv64', ['linux/riscv64']],
    ['linux/386', ['linux/386']],
  ])('for %s', (wanted, accepted) => {
    expect(texts(wanted)).toEqual(accepted);
  });

  it('for the later versions of arm64', () => {
    expect(texts('linux/arm64/v8.2').slice(0, 4)).toEqual([
      ...['linux/arm64/v8.2', 'linux/arm64/v8.1', 'linux/arm64', 'linux/arm/v8'],
    ]);
    expect(texts('linux/arm64/v9').slice(0, 7)).toEqual([
      ...['linux/arm64/v9', 'linux/arm64/v8.5', 'linux/arm64/v8.4', 'linux/arm64/v8.3', 'linux/arm64/v8.2'],
      ...['linux/arm64/v8.1', 'linux/arm64'],
    ]);
  });
});

describe('parsePlatform', () => {
  it.each([
    ['linux/arm64/v8', 'linux/arm64'],
    ['linux/aarch64', 'linux/arm64'],
    ['linux/x86_64', 'linux/amd64'],
    ['linux/amd64/v1', 'linux/amd64'],
    ['linux/arm/7', 'linux/arm/v7'],
    ['linux/armhf', 'linux/arm/v7'],
  ])('takes %s for %s', (text, platform) => {
    expect(platformText(parsePlatform(text))).toBe(platform);
  });

  it.each(['linux', 'linux/', '/amd64', 'linux/arm/v7/x', 'linux/a b', ''])('refuses %j', (text) => {
    expect(() => parsePlatform(text)).toThrow(`'${text}' is no platform`);
  });
});

describe('choosePlatform', () => {
  const offered = ['linux/386', 'linux/arm/v5', 'linux/arm/v7', 'linux/arm64/v8', 'windows/amd64'].map(
    (text) => {
      const [os = '', architecture = '', variant] = text.split('/');
      return { text, platform: { os, architecture, variant } };
    },
  );

  it.each([
    ['linux/arm/v7', 'linux/arm/v7'],
    ['linux/arm/v6', 'linux/arm/v5'],
    ['linux/arm64', 'linux/arm64/v8'],
    ['linux/amd64', 'linux/386'],
    ['windows/amd64', 'windows/amd64'],
    ['linux/s390x', undefined],
  ])('gives %s the image for %s', (wanted, chosen) => {
    expect(choosePlatform(offered, parsePlatform(wanted))?.text).toBe(chosen);
  });
});
