import fc from 'fast-check';
import { projectPath } from './project-path';

describe('projectPath', () => {
  it.each([
    ['api', 'api'],
    ['@shop/api', '@shop+api'],
    ['apps/shop-api_v1.2', 'apps+shop-api_v1.2'],
    [':shop:api', '%3Ashop%3Aapi'],
    ['a b', 'a%20b'],
    ['a+b', 'a%2Bb'],
    ['100%', '100%25'],
    ['.', '%2E'],
    ['..', '%2E%2E'],
    ['../etc', '%2E.+etc'],
    ['.hidden', '%2Ehidden'],
    ['api.', 'api%2E'],
    ['$(id)', '%24%28id%29'],
    ['${X}', '%24%7BX%7D'],
    [`'"`, '%27%22'],
    ['café', 'caf%C3%A9'],
    ['a\\b', 'a%5Cb'],
  ])('writes %j as %s', (name, path) => {
    expect(projectPath(name)).toBe(path);
  });

  it('gives one path segment that no shell or file system reads otherwise', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (name) => {
        expect(projectPath(name)).toMatch(/^(?!\.)[A-Za-z0-9@._%+-]+(?<!\.)$/);
      }),
    );
  });

  it('gives two projects two paths: the name can be read back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
        expect(decodeURIComponent(projectPath(name).replaceAll('+', '/'))).toBe(name);
      }),
    );
  });
});
