import type { ComparedApp } from '../comparison/compared-app';
import { ownRunner } from '../comparison/own-runner';
import { api } from '../dockerfile/fixtures/app-images';
import { blockOptions, imageFiles } from '../dockerfile/image-files';
import type { ImageSettings } from '../dockerfile/image-settings';
import { alternativesOf } from './alternatives';

const appOf = (
  settings: Partial<ImageSettings>,
  imports: readonly string[] = [],
  over: Partial<ComparedApp> = {},
) => {
  const image = { ...api, closure: { ...api.closure, externalImports: imports } };
  const text = imageFiles(image, {}, settings).get('apps/api/Dockerfile') ?? '';
  const app: ComparedApp = {
    platform: 'linux/amd64',
    isOurs: true,
    options: blockOptions(image, text, { platforms: ['linux/amd64'] }),
    runner: ownRunner(text, image.dockerfile, 'runner'),
    shared: new Set(),
    imageFor: () => image,
    notes: [],
    ...over,
  };
  return app;
};
const whatOf = (app: ComparedApp) => alternativesOf(app).map(({ what }) => what);

describe('what could make an image smaller', () => {
  it.each([
    ['debian', ['--runner=distroless --force', '--runner=scratch --force']],
    ['alpine', ['--runner=distroless --force', '--runner=scratch --force']],
    ['distroless', ['--runner=scratch --force']],
    ['scratch', []],
  ] as const)('is a smaller base than %s: %j', (runner, expected) => {
    expect(whatOf(appOf({ runner }))).toEqual(expected);
  });

  it('are tags of packages that the program imports, beside those that it has', () => {
    const app = appOf({ runner: 'scratch' }, [
      'github.com/gin-gonic/gin/binding',
      'google.golang.org/grpc/codes',
    ]);
    expect(whatOf(app)).toEqual(['tags=nomsgpack', 'tags=grpcnotrace']);
    const [first] = alternativesOf(app);
    expect(first?.app.options.tags).toEqual(['timetzdata', 'nomsgpack']);
    expect(first?.variant).toEqual({ base: 'scratch', program: 'stripped' });
  });

  it('are no tags that are there already, and none for what only has a name like it', () => {
    const options = appOf({ runner: 'scratch' }).options;
    const tagged = { options: { ...options, tags: ['nomsgpack'] } };
    expect(whatOf(appOf({ runner: 'scratch' }, ['github.com/gin-gonic/gin'], tagged))).toEqual([]);
    expect(
      whatOf(appOf({ runner: 'scratch' }, ['github.com/gin-gonic/gin-extra', 'google.golang.org/grpcx'])),
    ).toEqual([]);
  });

  it('is the base alone where that has the zones that the program holds', () => {
    const settings = { runner: 'distroless', tags: ['timetzdata', 'jsoniter'] } as const;
    const { options, ...app } = appOf({ runner: 'distroless' });
    const tagged = { ...app, options: { ...options, tags: settings.tags } };
    expect(whatOf(tagged)).toEqual(['--runner=scratch --force', 'no tag timetzdata']);
    expect(alternativesOf(tagged).at(-1)?.app.options.tags).toEqual(['jsoniter']);
    expect(whatOf(appOf({ runner: 'alpine' }))).not.toContain('no tag timetzdata');
  });

  it('stays packed where it is packed', () => {
    const [scratch] = alternativesOf(appOf({ upx: true }));
    expect(scratch?.variant).toEqual({ base: 'scratch', program: 'upx' });
  });

  it('is what setup writes, for a Dockerfile that is not ours', () => {
    const app = appOf({ runner: 'alpine' }, ['github.com/gin-gonic/gin'], { isOurs: false });
    expect(whatOf(app)).toEqual([
      '--runner=alpine --force',
      '--runner=distroless --force',
      '--runner=scratch --force',
    ]);
  });
});
