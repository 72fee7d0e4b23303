import { jointPackage } from './joint-request';

describe('a go build that can be done with others', () => {
  const build = (output: string | undefined, ...packages: string[]) => ({ flags: [], output, packages });

  it('makes one program of one package, under a name that the Dockerfile says', () => {
    expect(jointPackage(build('/out/api', './apps/api'))).toBe('./apps/api');
    expect(jointPackage(build('/out/api', '.'))).toBe('.');
  });

  it.each([
    ['into a folder', build('/out/', './apps/api')],
    ['without a name', build(undefined, './apps/api')],
    ['of several packages', build('/out/api', './apps/api', './apps/web')],
    ['of all below', build('/out/api', './...')],
    ['of files', build('/out/healthcheck', './healthcheck.go')],
    ['of a path that the stage has as an absolute one', build('/out/api', '/src/apps/api')],
    ['of an import path', build('/out/air', 'github.com/air-verse/air')],
    ['of nothing that is said', build('/out/api')],
  ])('is none %s', (_what, one) => {
    expect(jointPackage(one)).toBeUndefined();
  });
});
