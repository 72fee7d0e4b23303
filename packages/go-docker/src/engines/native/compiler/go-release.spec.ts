import { goReleaseIn, goReleaseOf } from './go-release';

describe('the Go release of a base image', () => {
  it.each([
    ['golang:1.26.8', '1.26.8'],
    ['golang:1.26.8-alpine3.22', '1.26.8'],
    ['docker.io/library/golang:1.27rc1-trixie', '1.27rc1'],
    [`golang:1.26.8@sha256:${'0'.repeat(64)}`, '1.26.8'],
    ['golang:1.26', undefined],
    ['golang:latest', undefined],
    ['golang', undefined],
    ['example.com/golang:1.26.8', undefined],
    ['alpine:3.22', undefined],
  ])('%s is %s', (reference, version) => {
    expect(goReleaseOf(reference)?.version).toBe(version);
  });

  it('is what the variables of another image say', () => {
    expect(goReleaseIn(['PATH=/go/bin', 'GOLANG_VERSION=1.26.8'], 'corp/go:1')).toEqual({
      version: '1.26.8',
      image: 'corp/go:1',
    });
    expect(goReleaseIn(['PATH=/bin'], 'alpine')).toBeUndefined();
  });
});
