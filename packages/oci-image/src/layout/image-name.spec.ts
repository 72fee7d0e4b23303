import { fullImageName, tagOf } from './image-name';

describe('fullImageName', () => {
  // The rules of https://github.com/distribution/reference/blob/v0.6.0/normalize.go
  it.each([
    ['api', 'docker.io/library/api:latest'],
    ['api:1', 'docker.io/library/api:1'],
    ['team/api:1', 'docker.io/team/api:1'],
    ['localhost/api:1', 'localhost/api:1'],
    ['localhost:5000/api', 'localhost:5000/api:latest'],
    ['registry.example/team/api:1.0', 'registry.example/team/api:1.0'],
  ])('completes %s to %s', (reference, full) => {
    expect(fullImageName(reference)).toBe(full);
  });
});

describe('tagOf', () => {
  it.each([
    ['api', 'latest'],
    ['api:1', '1'],
    ['localhost:5000/api', 'latest'],
  ])('finds in %s the tag %s', (reference, tag) => {
    expect(tagOf(reference)).toBe(tag);
  });
});
