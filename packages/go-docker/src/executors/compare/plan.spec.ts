import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { comparePlan } from './plan';

describe('what is to be compared', () => {
  let workspaceRoot: string;
  beforeAll(() => {
    workspaceRoot = mkdtempSync(join(tmpdir(), 'go-docker-compare-'));
  });
  afterAll(() => rmSync(workspaceRoot, { recursive: true }));
  const task = () => ({ project: 'api', projectRoot: 'apps/api', target: 'image-compare', workspaceRoot });

  it('is everything where nothing is said', () => {
    const { asked, image, outputPath } = comparePlan({}, task(), {});
    expect(asked).toEqual({
      bases: ['single-stage', 'debian', 'alpine', 'distroless', 'scratch'],
      upx: true,
      starts: 5,
    });
    expect(outputPath).toBe('dist/image-compare');
    expect(image).toMatchObject({
      dockerfile: 'apps/api/Dockerfile',
      platforms: ['linux/amd64'],
      progress: 'quiet',
      target: 'runner',
    });
  });

  it('needs what the image needs, for one platform, and writes to no cache', () => {
    const { image } = comparePlan({ platform: 'linux/arm' }, task(), {
      dockerfile: 'apps/api/api.Dockerfile',
      platforms: ['linux/amd64', 'linux/arm64'],
      buildArgs: { A: '1' },
      cacheFrom: ['type=gha'],
      cacheTo: ['type=gha,mode=max'],
      builder: 'remote',
    });
    expect(image).toMatchObject({
      dockerfile: 'apps/api/api.Dockerfile',
      platforms: ['linux/arm/v7'],
      buildArgs: { A: '1' },
      cacheFrom: ['type=gha'],
      cacheTo: [],
      builder: 'remote',
    });
    expect(comparePlan({}, task(), { platforms: ['linux/arm64', 'linux/amd64'] }).image.platforms).toEqual([
      'linux/arm64',
    ]);
  });

  it('has each base once, from the largest to the smallest', () => {
    const { asked } = comparePlan({ bases: ['scratch', 'debian', 'scratch'] }, task(), {});
    expect(asked.bases).toEqual(['debian', 'scratch']);
  });

  it('is refused with all that is wrong at once', () => {
    const options = { bases: ['ubuntu'], platform: 'x86', starts: 1.5, outputPath: '../out' };
    expect(() => comparePlan(options, task(), {})).toThrow(
      [
        'api:image-compare: 4 options cannot be used',
        '  "bases" has "ubuntu", which is none: write single-stage, debian, alpine, distroless, scratch',
        '  "platform" is "x86", which no image is made for: did you mean "linux/386"?',
        '  "starts" is 1.5: write a whole number from 0 to 100',
        '  "outputPath" is "../out", which is no folder below the workspace root: write dist/image-compare',
      ].join('\n'),
    );
  });

  it.each([
    ['.', 'which is no folder below the workspace root'],
    ['dist/my images', 'which cannot be used in a Dockerfile'],
  ])('is refused for the folder %s', (outputPath, why) => {
    expect(() => comparePlan({ outputPath }, task(), {})).toThrow(
      `api:image-compare: "outputPath" is "${outputPath}", ${why}: write dist/image-compare`,
    );
  });

  it('is refused without a base', () => {
    expect(() => comparePlan({ bases: [] }, task(), {})).toThrow(
      '"bases" is empty: name one, such as scratch',
    );
  });
});
