import { pluginSettings } from './plugin-options';

describe('the options of the plugin', () => {
  it('name the targets and have edges made where nothing is said', () => {
    const names = {
      imageTargetName: 'image',
      imageModulesTargetName: 'image-modules',
      imageSizeTargetName: 'image-size',
      imageCompareTargetName: 'image-compare',
      imageLoadTargetName: 'image-load',
      imagePushTargetName: 'image-push',
      devTargetName: 'dev',
      analyzeSourceFiles: true,
      engine: 'auto',
    };
    expect(pluginSettings(undefined)).toEqual(names);
    expect(pluginSettings({})).toEqual(names);
    expect(pluginSettings({ imageTargetName: undefined })).toEqual(names);
  });

  it('rename a target, or turn it off', () => {
    expect(pluginSettings({ imageTargetName: 'docker', imageLoadTargetName: false })).toEqual({
      imageTargetName: 'docker',
      imageModulesTargetName: 'image-modules',
      imageSizeTargetName: 'image-size',
      imageCompareTargetName: 'image-compare',
      imageLoadTargetName: false,
      imagePushTargetName: 'image-push',
      devTargetName: 'dev',
      analyzeSourceFiles: true,
      engine: 'auto',
    });
  });

  it.each<[unknown, string]>([
    ['image', 'nx.json: `options` of the plugin go-docker is not an object'],
    [
      { imageTarget: 'image' },
      'nx.json: the plugin go-docker has no option `imageTarget`\n' +
        '→ it has `imageTargetName`, `imageModulesTargetName`, `imageSizeTargetName`, `imageCompareTargetName`, `imageLoadTargetName`, `imagePushTargetName`, `devTargetName`, `analyzeSourceFiles`, `engine`',
    ],
    [
      { imageTargetName: true },
      'nx.json: option `imageTargetName` of the plugin go-docker is true, which names no target\n' +
        '→ give a name without a colon, or false for no such target',
    ],
    [
      { analyzeSourceFiles: 'no' },
      'nx.json: option `analyzeSourceFiles` of the plugin go-docker is "no"\n→ give true or false',
    ],
    [
      { engine: 'kaniko' },
      'nx.json: option `engine` of the plugin go-docker is "kaniko"\n→ give auto, docker, native, hybrid',
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
    expect(() => pluginSettings(options)).toThrow(message);
  });
});
