import { chooseImage } from './choose-image';

const images = [{ platform: 'linux/amd64' }, { platform: 'linux/arm64' }, { platform: 'linux/arm/v7' }];

describe('chooseImage', () => {
  it('takes the one for the platform that Docker runs on', () => {
    expect(chooseImage(images, undefined, 'linux/arm64')).toBe(images[1]);
  });

  it('takes the one that is asked for, however it is spelled', () => {
    expect(chooseImage(images, 'linux/arm', 'linux/amd64')).toBe(images[2]);
    expect(chooseImage(images, 'linux/arm64/v8', 'linux/amd64')).toBe(images[1]);
  });

  it('takes the only one, wherever Docker runs', () => {
    expect(chooseImage(images.slice(1, 2), undefined, 'linux/amd64')).toBe(images[1]);
  });

  it('says which there are', () => {
    expect(() => chooseImage(images, 'linux/386', 'linux/amd64')).toThrow(
      'there is no image for linux/386, only for linux/amd64, linux/arm64, linux/arm/v7\n→ give one of them as the option "platform"',
    );
    expect(() => chooseImage(images, undefined, 'linux/s390x')).toThrow(
      'there is no image for linux/s390x, only for linux/amd64, linux/arm64, linux/arm/v7\n→ choose one of them: --platform=<platform>',
    );
    expect(() => chooseImage(images.slice(0, 1), 'linux/arm64', 'linux/amd64')).toThrow(
      'there is no image for linux/arm64, only for linux/amd64',
    );
  });
});
