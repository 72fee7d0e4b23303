import type { BakeOrder } from './build';
import { bakeFile } from './bake-file';

function order(project: string, plan: Partial<BakeOrder['build']['plan']> = {}): BakeOrder {
  return {
    build: {
      plan: {
        ...{ project, workspaceRoot: '/w', dockerfile: `apps/${project}/Dockerfile`, target: 'runner' },
        ...{
          platforms: ['linux/amd64'],
          outputPath: 'dist',
          buildArgs: {},
          secrets: [],
          ssh: [],
          contexts: {},
        },
        ...{
          cacheFrom: [],
          cacheTo: [],
          labels: {},
          noCache: false,
          pull: false,
          progress: 'plain' as const,
        },
        ...plan,
      },
      directory: '/tmp/x',
      builder: { exports: 'archive', inDaemon: true, isNear: true, architectures: [] },
      docker: {
        run: () => Promise.reject(new Error('not started')),
        silence: () => Promise.resolve(undefined),
      },
    },
    platforms: ['linux/amd64'],
    destination: { archive: `/tmp/${project}, it/image.tar` },
  };
}

function targetsOf(orders: readonly BakeOrder[]) {
  const { names, text } = bakeFile(orders);
  return { names, targets: (JSON.parse(text) as { target: Record<string, Record<string, unknown>> }).target };
}

describe('the bake file', () => {
  it('has a target for each image', () => {
    const { names, targets } = targetsOf([order('api'), order('web', { noCache: true, ssh: ['default'] })]);
    expect(names).toEqual(['api-1', 'web-2']);
    expect(targets['web-2']).toMatchObject({
      context: '.',
      dockerfile: 'apps/web/Dockerfile',
      target: 'runner',
      platforms: ['linux/amd64'],
      args: { SOURCE_DATE_EPOCH: '499162500' },
      ssh: ['default'],
      'no-cache': true,
    });
  });

  it('quotes the path of an archive, which buildx reads as a line of CSV', () => {
    const { targets } = targetsOf([order('api')]);
    expect(targets['api-1']?.['output']).toEqual(['type=oci,"dest=/tmp/api, it/image.tar"']);
  });

  it('loads into the store of the daemon where the image has a tag', () => {
    const { targets } = targetsOf([{ ...order('api'), destination: { tag: 'build:1' } }]);
    expect(targets['api-1']).toMatchObject({ tags: ['build:1'], output: ['type=docker'] });
  });

  it('has no text that bake would fill in', () => {
    const { targets } = targetsOf([order('api', { labels: { price: '${HOME} %{if} $5 100%' } })]);
    expect(targets['api-1']?.['labels']).toEqual({ price: '$${HOME} %%{if} $5 100%' });
  });

  it('has names that bake takes, whatever the projects are called', () => {
    const projects = ['@shop/api', ':shop:api', '-f', '@', 'web_2'];
    expect(bakeFile(projects.map((project) => order(project))).names).toEqual([
      'shop-api-1',
      'shop-api-2',
      'f-3',
      'image-4',
      'web_2-5',
    ]);
  });
});
