import { devServiceOf, withDependencies } from './compose-config';

const plan = {
  project: 'api',
  projectRoot: 'apps/api',
  target: 'dev',
  workspaceRoot: '/home/ada',
  debug: false,
};
const build = { context: '/home/ada', dockerfile: 'apps/api/Dockerfile', target: 'dev' };

describe('the service of an app', () => {
  it('is the one that is built from the dev stage of its Dockerfile', () => {
    const services = {
      worker: { build: { ...build, dockerfile: 'apps/worker/Dockerfile' } },
      'api-debug': { build: { ...build, target: 'debug' } },
      backend: { build },
    };

    expect(devServiceOf({ name: 'shop', services }, plan)).toBe('backend');
    expect(devServiceOf({ name: 'shop', services }, { ...plan, debug: true })).toBe('api-debug');
  });

  it('is found too where the project is the build context, and by its name', () => {
    const services = { api: { build: { context: '/home/ada/apps/api', target: 'dev' } }, other: {} };

    expect(devServiceOf({ name: 'shop', services }, plan)).toBe('api');
    expect(devServiceOf({ name: 'shop', services }, { ...plan, service: 'other' })).toBe('other');
  });

  it('is refused where there is none, several, or not the named one', () => {
    const of = (services: object, service?: string) => () =>
      devServiceOf({ name: 'shop', services: { ...services } }, { ...plan, service });

    expect(of({})).toThrow(
      'no compose service is built from the stage "dev" of apps/api/Dockerfile\n→ `nx g go-docker:setup api`',
    );
    expect(of({ a: { build }, b: { build } })).toThrow('several compose services run api: a, b');
    expect(of({ a: {}, b: {} }, 'c')).toThrow(
      'no service "c", which option "service" names\n→ they have a, b',
    );
  });

  it('needs what it depends on, to the end, in a circle too', () => {
    const services = {
      api: { depends_on: { db: {}, mail: {} } },
      db: { depends_on: { disk: {} } },
      disk: { depends_on: { api: {} } },
      mail: {},
      other: {},
    };

    expect([...withDependencies({ name: 'shop', services }, 'api')].sort()).toEqual([
      'api',
      'db',
      'disk',
      'mail',
    ]);
  });
});
