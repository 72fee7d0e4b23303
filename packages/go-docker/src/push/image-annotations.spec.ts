import { imageAnnotations } from './image-annotations';

describe('imageAnnotations', () => {
  const source = {
    commit: 'abc',
    isDirty: false,
    tags: [],
    remote: 'https://user:s3cret@github.com/acme/shop.git',
  };

  it('name the revision and the source, and keep secrets out', () => {
    expect(imageAnnotations(source, {})).toEqual({
      'org.opencontainers.image.revision': 'abc',
      'org.opencontainers.image.source': 'https://github.com/acme/shop',
    });
  });

  it('say that the sources are no longer those of the commit', () => {
    expect(imageAnnotations({ ...source, isDirty: true }, {})).toMatchObject({
      'org.opencontainers.image.revision': 'abc-dirty',
    });
  });

  it('give way to a person', () => {
    expect(imageAnnotations(source, { 'org.opencontainers.image.source': 'mine', other: '1' })).toEqual({
      'org.opencontainers.image.revision': 'abc',
      'org.opencontainers.image.source': 'mine',
      other: '1',
    });
  });

  it('say nothing where git does not', () => {
    expect(imageAnnotations({ isDirty: false, tags: [] }, {})).toEqual({});
  });
});
