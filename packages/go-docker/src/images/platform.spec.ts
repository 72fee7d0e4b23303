import { meantPlatform, platformOf } from './platform';

describe('platformOf', () => {
  it.each([
    ['linux/amd64', 'linux/amd64'],
    ['linux/amd64/v1', 'linux/amd64'],
    ['linux/amd64/v3', 'linux/amd64/v3'],
    ['linux/arm64', 'linux/arm64'],
    ['linux/arm64/v8', 'linux/arm64'],
    ['linux/arm', 'linux/arm/v7'],
    ['linux/arm/v6', 'linux/arm/v6'],
    ['linux/s390x', 'linux/s390x'],
  ])('spells %s as BuildKit does: %s', (text, platform) => {
    expect(platformOf(text)).toBe(platform);
  });

  it.each([
    '',
    'linux',
    'amd64',
    'windows/amd64',
    'linux/x86_64',
    'linux/arm/v8',
    'linux/arm/7',
    'linux/amd64/',
    'linux/386/v1',
    'Linux/amd64',
    'linux/amd64/v1/x',
    'linux/amd64,linux/arm64',
  ])('knows no %j', (text) => {
    expect(platformOf(text)).toBeUndefined();
  });
});

it.each([
  ['linux/x86_64', 'linux/amd64'],
  ['x64', 'linux/amd64'],
  ['linux/aarch64', 'linux/arm64'],
  ['arm64', 'linux/arm64'],
  ['linux/armhf', 'linux/arm/v7'],
  ['linux/armv6', 'linux/arm/v6'],
  ['linux/x86', 'linux/386'],
  ['windows', 'linux/amd64'],
])('%s most likely means %s', (text, platform) => {
  expect(meantPlatform(text)).toBe(platform);
});
