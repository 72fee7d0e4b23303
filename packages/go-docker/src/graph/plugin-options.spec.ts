import { targetNames } from './plugin-options';

describe('the options of the plugin', () => {
  it('name the targets image, image-size, image-load and dev where nothing is said', () => {
    const names = {
      imageTargetName: 'image',
      imageSizeTargetName: 'image-size',
      imageLoadTargetName: 'image-load',
      devTargetName: 'dev',
    };
    expect(targetNames(undefined)).toEqual(names);
    expect(targetNames({})).toEqual(names);
    expect(targetNames({ imageTargetName: undefined })).toEqual(names);
  });

  it('rename a target, or turn it off', () => {
    expect(targetNames({ imageTargetName: 'docker', imageLoadTargetName: false })).toEqual({
      imageTargetName: 'docker',
      imageSizeTargetName: 'image-size',
      imageLoadTargetName: false,
      devTargetName: 'dev',
    });
  });

  it.each<[unknown, string]>([
    ['image', 'nx.json: `options` of the plugin go-docker is not an object'],
    [
      { imageTarget: 'image' },
      'nx.json: the plugin go-docker has no option `imageTarget`\n' +
        '→ it has `imageTargetName`, `imageSizeTargetName`, `imageLoadTargetName`, `devTargetName`',
    ],
    [
      { imageTargetName: true },
      'nx.json: option `imageTargetName` of the plugin go-docker is true, which names no target\n' +
        '→ give a name without a colon, or false for no such target',
    ],
    [
      { imageTargetName: ' ' },
      'option `imageTargetName` of the plugin go-docker is " ", which names no target',
    ],
    [
      { imageTargetName: 'a:b' },
      'option `imageTargetName` of the plugin go-docker is "a:b", which names no target',
    ],
    [
      { imageSizeTargetName: 'image' },
      'nx.json: options `imageTargetName` and `imageSizeTargetName` of the plugin go-docker both name the target `image`\n' +
        '→ give each target a name of its own',
    ],
  ])('are refused as %j', (options, message) => {
    expect(() => targetNames(options)).toThrow(message);
  });
});
