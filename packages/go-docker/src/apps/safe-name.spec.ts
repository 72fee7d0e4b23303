import { assertSafeName, assertSafePath } from './safe-name';

describe('a name in a Dockerfile', () => {
  it.each(['api', 'API2', 'my_app-v2.1', 'c++', 'a~b'])('may be %s', (name) => {
    expect(() => assertSafeName(name)).not.toThrow();
  });

  it.each(['', '.hidden', '-rf', 'a b', 'a/b', '..', '$(id)', '${X}', '"', "'", '`id`', 'a\nb', 'a;b', 'é'])(
    'may not be %j',
    (name) => {
      expect(() => assertSafeName(name)).toThrow(
        `The name of the app ${JSON.stringify(name)} cannot be used in a Dockerfile\n→ Rename it`,
      );
    },
  );
});

describe('a path in a Dockerfile', () => {
  it.each(['.', 'apps/api', 'libs/c++/x_y', '@scope/a~1', 'Bücher/日本', '.config/x'])(
    'may be %s',
    (path) => {
      expect(() => assertSafePath(path, 'asset')).not.toThrow();
    },
  );

  it.each([
    '',
    '/abs',
    'a//b',
    'a/..',
    '..',
    '-x',
    'a b',
    'a,b',
    'a=b',
    'a*',
    'a[1]',
    '$X',
    'a\\b',
    'a\nb',
    'a#b',
    '!a',
  ])('may not be %j', (path) => {
    expect(() => assertSafePath(path, 'asset', { file: 'x', line: 3 })).toThrow(
      `x:3: The asset ${JSON.stringify(path)} cannot be used in a Dockerfile\n→ Rename it`,
    );
  });
});
