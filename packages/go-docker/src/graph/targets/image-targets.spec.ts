import { validateOutputs } from 'nx/src/native';
import { pluginSettings } from '../plugin-options';
import { imageTargets } from './image-targets';

const facts = {
  project: '@shop/api',
  outputName: '@shop+api',
  dockerfile: 'apps/api/Dockerfile',
  inputs: ['{workspaceRoot}/{apps/api/main.go,go.mod}'],
  hasDev: false,
};

describe('the targets of an app', () => {
  it('build the image from exactly the given inputs, whatever npm packages there are', () => {
    expect(imageTargets(facts, pluginSettings({})).image).toMatchObject({
      executor: 'go-docker:image',
      cache: true,
      inputs: ['{workspaceRoot}/{apps/api/main.go,go.mod}', { externalDependencies: [] }],
      outputs: ['{options.outputPath}'],
      options: {
        dockerfile: 'apps/api/Dockerfile',
        target: 'runner',
        platforms: ['linux/amd64'],
        outputPath: 'dist/images/@shop+api',
      },
    });
  });

  it('name an engine where the workspace has chosen one, and change no hash where it has not', () => {
    expect(imageTargets({ ...facts, engine: 'native' }, pluginSettings({})).image?.options).toMatchObject({
      engine: 'native',
    });
    expect(imageTargets(facts, pluginSettings({})).image?.options).not.toHaveProperty('engine');
  });

  it('have Nx renew managed blocks before an image is built', () => {
    expect(imageTargets(facts, pluginSettings({})).image).toMatchObject({
      syncGenerators: ['go-docker:sync'],
    });
  });

  it('measure the image that was built, against the budgets', () => {
    expect(imageTargets(facts, pluginSettings({}))['image-size']).toMatchObject({
      executor: 'go-docker:size',
      cache: true,
      dependsOn: ['image'],
      inputs: [
        { dependentTasksOutputFiles: '**/image.json' },
        '{workspaceRoot}/image-budgets.json',
        '{projectRoot}/image-size.json',
        { env: 'GO_DOCKER_BASELINE' },
        { externalDependencies: [] },
      ],
      outputs: ['{options.outputFile}'],
      options: { imagePath: 'dist/images/@shop+api', outputFile: 'dist/image-sizes/@shop+api.json' },
    });
  });

  it('load the image, which is a side effect and never cached', () => {
    const load = imageTargets(facts, pluginSettings({}))['image-load'];
    expect(load).toMatchObject({ executor: 'go-docker:load', dependsOn: ['image'] });
    expect(load).not.toHaveProperty('cache');
  });

  it('compare the app on every base, alone on the machine, after what makes files for the image', () => {
    const settings = pluginSettings({ imageTargetName: 'docker' });
    const compare = imageTargets(facts, settings)['image-compare'];
    expect(compare).toMatchObject({
      executor: 'go-docker:compare',
      parallelism: false,
      options: { dockerfile: facts.dockerfile, outputPath: 'dist/image-compare' },
    });
    expect(compare).not.toHaveProperty('cache');
    expect(compare).not.toHaveProperty('dependsOn');
    expect(imageTargets({ ...facts, isGenerated: true }, settings)['image-compare']?.dependsOn).toEqual([
      'docker',
    ]);
  });

  it('push the image, which is a side effect and never cached', () => {
    const push = imageTargets(facts, pluginSettings({ imageTargetName: 'docker' }))['image-push'];
    expect(push).toMatchObject({
      executor: 'go-docker:push',
      dependsOn: ['docker'],
      options: { imagePath: 'dist/images/@shop+api', digestFile: 'dist/image-digests/@shop+api.txt' },
    });
    expect(push).not.toHaveProperty('cache');
  });

  it('run the app until they are ended, where there is a dev stage and settings of air', () => {
    const { dev } = imageTargets({ ...facts, hasDev: true }, pluginSettings({}));
    expect(dev).toMatchObject({
      executor: 'go-docker:dev',
      continuous: true,
      cache: false,
      syncGenerators: ['go-docker:sync'],
    });
    expect(imageTargets(facts, pluginSettings({}))).not.toHaveProperty('dev');
  });

  it('run the app too where no image is wanted, and under the name that is', () => {
    const names = pluginSettings({ imageTargetName: false, devTargetName: 'serve' });
    expect(Object.keys(imageTargets({ ...facts, hasDev: true }, names))).toEqual(['serve']);
    expect(
      imageTargets({ ...facts, hasDev: true }, pluginSettings({ devTargetName: false })),
    ).not.toHaveProperty('dev');
  });

  it('share nothing that Nx adds to, where project.json says more of one target', () => {
    const { image, ...others } = imageTargets({ ...facts, hasDev: true }, pluginSettings({}));
    image?.metadata?.technologies?.push('protobuf');
    expect(image?.metadata?.technologies).toEqual(['go', 'docker', 'protobuf']);
    for (const other of Object.values(others)) expect(other.metadata?.technologies).toEqual(['go', 'docker']);
  });

  it('have outputs that Nx takes', () => {
    const outputs = Object.values(imageTargets(facts, pluginSettings({}))).flatMap(
      (target) => target.outputs ?? [],
    );
    expect(outputs).toHaveLength(2);
    expect(() => validateOutputs(outputs)).not.toThrow();
  });

  it('are not cached where the inputs are not known, and say why', () => {
    const { image } = imageTargets({ ...facts, problem: 'apps/api/go.mod:3: …' }, pluginSettings({}));
    expect(image).toMatchObject({ cache: false, metadata: { description: 'apps/api/go.mod:3: …' } });
  });

  it('take the names of the options, in dependsOn too', () => {
    const targets = imageTargets(
      facts,
      pluginSettings({ imageTargetName: 'docker', imageSizeTargetName: 'size' }),
    );
    expect(Object.keys(targets)).toEqual(['docker', 'size', 'image-compare', 'image-load', 'image-push']);
    expect(targets.size?.dependsOn).toEqual(['docker']);
  });

  it.each([
    [{ imageSizeTargetName: false }, ['image', 'image-compare', 'image-load', 'image-push']],
    [{ imageCompareTargetName: false }, ['image', 'image-size', 'image-load', 'image-push']],
    [{ imageLoadTargetName: false }, ['image', 'image-size', 'image-compare', 'image-push']],
    [{ imagePushTargetName: false }, ['image', 'image-size', 'image-compare', 'image-load']],
    [{ imageTargetName: false }, []],
  ] as const)('with %j are %j', (options, expected) => {
    expect(Object.keys(imageTargets(facts, pluginSettings(options)))).toEqual(expected);
  });
});
