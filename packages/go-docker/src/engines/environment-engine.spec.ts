import { environmentEngine } from './environment-engine';

describe('environmentEngine', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['auto', undefined],
    [' native ', 'native'],
    ['docker', 'docker'],
    ['hybrid', 'hybrid'],
  ])('GO_DOCKER_ENGINE=%j is %j', (value, engine) => {
    expect(environmentEngine({ GO_DOCKER_ENGINE: value })).toBe(engine);
  });

  it('refuses what is no engine', () => {
    expect(() => environmentEngine({ GO_DOCKER_ENGINE: 'podman' })).toThrow(
      'GO_DOCKER_ENGINE is "podman", which is no engine\n→ set it to docker, native, hybrid or auto',
    );
  });
});
