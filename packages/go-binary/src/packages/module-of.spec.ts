import { moduleFinder, versionOf } from './module-of';

const BUILD_INFO = {
  main: { path: 'shop', version: '(devel)' },
  deps: [
    { path: 'example.com/text', version: 'v1.2.3' },
    { path: 'example.com/text/html', version: 'v0.4.0' },
    {
      path: 'example.com/money',
      version: 'v1.0.0',
      replace: { path: 'example.com/fork', version: 'v1.0.1' },
    },
  ],
};

describe('moduleFinder', () => {
  it.each([
    ['shop/cart', 'shop'],
    ['example.com/text', 'example.com/text'],
    ['example.com/text/css', 'example.com/text'],
    ['example.com/text/html/form', 'example.com/text/html'],
    ['example.com/texture', undefined],
    ['net/http', 'std'],
    ['vendor/golang.org/x/net/idna', 'std'],
    ['main', undefined],
  ])('of %s gives %s', (importPath, module) => {
    expect(moduleFinder(BUILD_INFO)(importPath)).toBe(module);
  });
});

describe('versionOf', () => {
  it('is that of the code that is linked', () => {
    expect(versionOf(BUILD_INFO, 'example.com/text')).toBe('v1.2.3');
    expect(versionOf(BUILD_INFO, 'example.com/money')).toBe('v1.0.1');
    expect(versionOf(BUILD_INFO, 'std')).toBeUndefined();
  });
});
