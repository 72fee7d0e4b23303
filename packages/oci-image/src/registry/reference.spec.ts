import { formatReference, parseReference } from './reference';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}` as const;

describe('parseReference', () => {
  // The left side is what a person types, the right side what `docker pull` prints for it.
  it.each([
    ['alpine', 'docker.io/library/alpine:latest'],
    ['alpine:3.22', 'docker.io/library/alpine:3.22'],
    ['docker.io/alpine', 'docker.io/library/alpine:latest'],
    ['index.docker.io/library/alpine', 'docker.io/library/alpine:latest'],
    ['team/api', 'docker.io/team/api:latest'],
    ['localhost/api', 'localhost/api:latest'],
    ['localhost:5000/api:1', 'localhost:5000/api:1'],
    ['127.0.0.1:5000/a/b/c', '127.0.0.1:5000/a/b/c:latest'],
    ['[::1]:5000/api', '[::1]:5000/api:latest'],
    ['gcr.io/distroless/static:nonroot', 'gcr.io/distroless/static:nonroot'],
    ['Registry/api', 'Registry/api:latest'],
    ['foo_bar/a__b-c.d', 'docker.io/foo_bar/a__b-c.d:latest'],
    [`alpine@${DIGEST}`, `docker.io/library/alpine@${DIGEST}`],
    [`alpine:3.22@${DIGEST}`, `docker.io/library/alpine:3.22@${DIGEST}`],
  ])('takes %s for %s', (text, whole) => {
    expect(formatReference(parseReference(text))).toBe(whole);
  });

  it('tells registry, repository, tag and digest apart', () => {
    expect(parseReference(`registry.example.com:5000/team/api:1.0@${DIGEST}`)).toEqual({
      registry: 'registry.example.com:5000',
      repository: 'team/api',
      tag: '1.0',
      digest: DIGEST,
    });
  });

  it.each([
    ['', "'' names no image: '' is no repository"],
    ['api:', "'api:' names no image: '' is no tag"],
    ['Api', "'Api' names no image: 'Api' is no repository; names have small letters only"],
    ['team/Api', "'team/Api' names no image: 'team/Api' is no repository; names have small letters only"],
    ['api:a b', "'a b' is no tag"],
    [`api:${'x'.repeat(129)}`, 'is no tag'],
    ['api@sha256:abc', 'sha256:abc is no sha256 digest'],
    [`api@${DIGEST}@${DIGEST}`, 'it has more than one @'],
    ['a'.repeat(64), 'it looks like the id of an image'],
    ['../api', "'..' is no registry"],
    ['user:secret@registry.example.com/api', 'is no sha256 digest'],
    ['registry.example.com/', "'' is no repository"],
    ['-x.example.com/api', "'-x.example.com' is no registry"],
    ['registry.example.com/api/', "'api/' is no repository"],
    ['registry.example.com/a//b', "'a//b' is no repository"],
    [`registry.example.com/${'a'.repeat(250)}`, 'it is too long'],
  ])('refuses %s', (text, what) => {
    expect(() => parseReference(text)).toThrow(what);
  });
});
