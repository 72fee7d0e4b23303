import { environmentCaches } from './environment-caches';
import { imagePlan } from './plan';

const task = { project: '@shop/api', projectRoot: 'apps/api', target: 'image', workspaceRoot: '/shop' };
const environment = {
  GO_DOCKER_CACHE_FROM: 'type=gha,scope={projectName} type=registry,ref=ghcr.io/acme/cache',
  GO_DOCKER_CACHE_TO: 'type=gha,scope={projectName},mode=max',
};

describe('caches that the environment names', () => {
  it('are one for each image', () => {
    expect(environmentCaches(environment, '@shop/api')).toEqual({
      cacheFrom: ['type=gha,scope=@shop+api', 'type=registry,ref=ghcr.io/acme/cache'],
      cacheTo: ['type=gha,scope=@shop+api,mode=max'],
    });
  });

  it('are none where nothing is said', () => {
    expect(environmentCaches({}, 'api')).toEqual({});
    expect(environmentCaches({ GO_DOCKER_CACHE_FROM: ' ' }, 'api')).toEqual({});
  });

  it('give way to options', () => {
    const plan = imagePlan({ cacheFrom: ['type=local,src=cache'] }, task, environment);
    expect(plan.cacheFrom).toEqual(['type=local,src=cache']);
    expect(plan.cacheTo).toEqual(['type=gha,scope=@shop+api,mode=max']);
  });
});
