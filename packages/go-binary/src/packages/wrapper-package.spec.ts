import { packageOfWrapper } from './wrapper-package';

describe('the package of a method from an embedded type', () => {
  const known = new Set([
    'main',
    'example.com/web',
    'example.com/quic',
    'gopkg.in/yaml.v3/sub',
    'gopkg.in/yaml',
    'net',
    'net.example.com/tools',
  ]);
  const packageOf = (path: string) => packageOfWrapper(path, (each) => known.has(each));

  it.each([
    ['example.com/web.Stream.example.com/quic', 'example.com/web'],
    ['main.Stream.example.com/quic', 'main'],
    ['example.com/web.größe_2.example.com/quic', 'example.com/web'],
  ])('is that of the type: %s', (path, expected) => {
    expect(packageOf(path)).toBe(expected);
  });

  it.each([
    'example.com/web',
    'gopkg.in/yaml.v3/sub',
    'example.com/other.Stream.example.com/quic',
    'net.example.com/tools',
  ])('is not asked for of what is a path: %s', (path) => {
    expect(packageOf(path)).toBeUndefined();
  });
});
