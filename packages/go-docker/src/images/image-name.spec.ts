import fc from 'fast-check';
import { imageNameOf, isImageReference } from './image-name';

describe('imageNameOf', () => {
  it.each([
    ['api', 'api'],
    ['@shop/api', 'shop/api'],
    ['Shop API', 'shop-api'],
    [':shop:api', 'shop-api'],
    ['shop-api_v1.2', 'shop-api_v1.2'],
    ['a__b', 'a-b'],
    ['a._b', 'a-b'],
    ['../etc', 'etc'],
    ['$(id)', 'id'],
    ['日本', 'app'],
    ['-', 'app'],
  ])('calls the image of %j %s', (project, name) => {
    expect(imageNameOf(project)).toBe(name);
  });

  it('gives a name that Docker takes, whatever the project is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (project) => {
        expect(isImageReference(`${imageNameOf(project)}:latest`)).toBe(true);
      }),
    );
  });
});

// What `docker tag` takes and refuses.
describe('isImageReference', () => {
  it.each([
    'api',
    'shop/api:dev',
    'localhost/api',
    'localhost:5000/api',
    'registry.example:5000/team/api:1.0',
    'Registry.Example/api',
    '127.0.0.1:5000/api',
    'a--b/c__d.e:V1_x',
  ])('takes %s', (text) => {
    expect(isImageReference(text)).toBe(true);
  });

  it.each([
    '',
    'API',
    'a b',
    '-api',
    'api:',
    'api:-x',
    'a//b',
    '/api',
    'a___b',
    'a..b',
    'api@latest',
    '$(id)',
    'a\nb',
  ])('refuses %j', (text) => {
    expect(isImageReference(text)).toBe(false);
  });
});
