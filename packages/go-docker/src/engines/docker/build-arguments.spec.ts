import type { ImagePlan } from '../engine';
import { buildArguments, buildEnvironment } from './build-arguments';

const plan: ImagePlan = {
  project: 'api',
  workspaceRoot: '/shop',
  dockerfile: 'apps/api/Dockerfile',
  target: 'runner',
  platforms: ['linux/amd64', 'linux/arm64'],
  outputPath: 'dist/images/api',
  buildArgs: {},
  secrets: [],
  ssh: [],
  contexts: {},
  cacheFrom: [],
  cacheTo: [],
  labels: {},
  noCache: false,
  pull: false,
  progress: 'auto',
};

describe('the arguments of docker', () => {
  it('are these where nothing is asked for', () => {
    expect(buildArguments(plan, plan.platforms, { archive: '/shop/a.tar' }, 'plain')).toEqual([
      'buildx',
      'build',
      '--file=apps/api/Dockerfile',
      '--target=runner',
      '--platform=linux/amd64,linux/arm64',
      '--output=type=oci,dest=/shop/a.tar',
      '--progress=plain',
      '--provenance=false',
      '--sbom=false',
      '--build-arg=SOURCE_DATE_EPOCH=499162500',
      '.',
    ]);
  });

  it('leave layers as they are where they go through no network', () => {
    const destination = { archive: '/shop/a.tar', isPlain: true };
    expect(buildArguments(plan, plan.platforms, destination, 'plain')).toContain(
      '--output=type=oci,dest=/shop/a.tar,compression=uncompressed',
    );
  });

  it('name a tag where the daemon keeps the image', () => {
    const args = buildArguments(plan, ['linux/arm64'], { tag: 'x:1' }, 'tty');
    expect(args).toEqual(
      expect.arrayContaining(['--platform=linux/arm64', '--load', '--tag=x:1', '--progress=tty']),
    );
  });

  it('hold every option beside its value, so that no value is taken for an option', () => {
    const asked: ImagePlan = {
      ...plan,
      dockerfile: '--help',
      builder: '-x',
      buildArgs: { VERSION: '--pull $(id) a,b' },
      secrets: ['id=token,env=TOKEN'],
      ssh: ['default'],
      contexts: { assets: './assets' },
      cacheFrom: ['type=gha'],
      cacheTo: ['type=gha,mode=max'],
      labels: { a: '' },
      noCache: true,
      pull: true,
    };
    const args = buildArguments(asked, ['linux/amd64'], { archive: '/a.tar' }, 'plain');
    expect(args).toEqual([
      'buildx',
      'build',
      '--builder=-x',
      '--file=--help',
      '--target=runner',
      '--platform=linux/amd64',
      '--output=type=oci,dest=/a.tar',
      '--progress=plain',
      '--provenance=false',
      '--sbom=false',
      '--build-arg=VERSION=--pull $(id) a,b',
      '--build-arg=SOURCE_DATE_EPOCH=499162500',
      '--secret=id=token,env=TOKEN',
      '--ssh=default',
      '--build-context=assets=./assets',
      '--cache-from=type=gha',
      '--cache-to=type=gha,mode=max',
      '--label=a=',
      '--no-cache',
      '--pull',
      '.',
    ]);
  });

  it('quote a path as comma-separated values do', () => {
    const args = buildArguments(plan, ['linux/amd64'], { archive: '/a "b", c/i.tar' }, 'plain');
    expect(args).toContain('--output=type=oci,"dest=/a ""b"", c/i.tar"');
  });
});

describe('the environment of docker', () => {
  it('is ours without what brings time or commit into the image', () => {
    const environment = { PATH: '/bin', TOKEN: 'x', SOURCE_DATE_EPOCH: '1', BUILDX_GIT_LABELS: 'full' };
    const kept = Object.entries(buildEnvironment(environment)).filter(([, value]) => value !== undefined);
    expect(Object.fromEntries(kept)).toEqual({ PATH: '/bin', TOKEN: 'x' });
  });
});
