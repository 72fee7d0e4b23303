import type { ImageContents } from '../measuring/measure-image';
import { baselineOf, type PlatformBaseline } from './baseline';
import { compare } from './compare';

type Sizes = Readonly<Record<string, number>>;

/** An image with one program of these packages and modules, and these files. */
function contents(packages: Sizes, modules: Sizes, files: Sizes = {}): ImageContents {
  const moduleOf = (name: string) => name.split('@') as [string, string | undefined];
  const size = { totalBytes: 1000, baseBytes: 0, appBytes: 1000 };
  return {
    platform: 'linux/amd64',
    digest: `sha256:${'f'.repeat(64)}`,
    layers: [],
    sizes: { unpacked: size, compressed: size, binaryBytes: 900, assetsBytes: 40, layers: 1 },
    programs: [
      {
        path: '/api',
        bytes: 900,
        breakdown: {
          goVersion: 'go1.26.8',
          packages: Object.entries(packages).map(([importPath, bytes]) => ({ importPath, bytes })),
          modules: Object.entries(modules).map(([name, bytes]) => {
            const [path, version] = moduleOf(name);
            return { path, ...(version !== undefined && { version }), bytes };
          }),
          unattributed: [],
        },
      },
    ],
    files: Object.entries(files).map(([path, bytes]) => ({
      ...{ path, bytes, layer: 0, isProgram: false, isHidden: false },
    })),
  };
}

function differences(now: ImageContents, was: ImageContents) {
  const [baseline] = Object.values(baselineOf('api', [was]).images);
  return compared(now, baseline);
}

function compared(now: ImageContents, baseline: PlatformBaseline | undefined) {
  const comparison = baseline && compare(now, baseline);
  if (comparison?.state !== 'compared') throw new Error('it was not compared');
  return comparison;
}

describe('compare', () => {
  test('finds what grew, shrank, is new and is gone, the largest difference first', () => {
    const was = contents({ runtime: 300, 'net/http': 200, fmt: 10, log: 70 }, {});
    const now = contents({ runtime: 300, 'net/http': 260, 'encoding/xml': 90, log: 20 }, {});
    expect(differences(now, was).packages).toEqual([
      { name: 'encoding/xml', state: 'new', bytes: 90, wasBytes: 0 },
      { name: 'net/http', state: 'changed', bytes: 260, wasBytes: 200 },
      { name: 'log', state: 'changed', bytes: 20, wasBytes: 70 },
      { name: 'fmt', state: 'gone', bytes: 0, wasBytes: 10 },
    ]);
  });

  test('follows a module from one version to the next', () => {
    const was = contents({}, { 'golang.org/x/text@v0.29.0': 100, 'example.com/same@v1.0.0': 5 });
    const now = contents({}, { 'golang.org/x/text@v0.30.0': 130, 'example.com/same@v1.0.1': 5 });
    expect(differences(now, was).modules).toEqual([
      {
        ...{ name: 'golang.org/x/text', version: 'v0.30.0', wasVersion: 'v0.29.0' },
        ...{ state: 'changed', bytes: 130, wasBytes: 100 },
      },
      {
        ...{ name: 'example.com/same', version: 'v1.0.1', wasVersion: 'v1.0.0' },
        ...{ state: 'changed', bytes: 5, wasBytes: 5 },
      },
    ]);
  });

  test('says which version a module had that comes from the disk now, and nothing of one that never had any', () => {
    const was = contents({}, { 'example.com/forked@v1.0.0': 5, 'example.com/local': 7 });
    const now = contents({}, { 'example.com/forked': 5, 'example.com/local': 7 });
    expect(differences(now, was).modules).toEqual([
      { name: 'example.com/forked', wasVersion: 'v1.0.0', state: 'changed', bytes: 5, wasBytes: 5 },
    ]);
  });

  test('knows all versions of a module that several programs have', () => {
    const text = (version: string) => contents({}, { [`golang.org/x/text${version}`]: 100 });
    const both = (one: ImageContents, other: ImageContents) => ({
      ...one,
      programs: [...one.programs, ...other.programs],
    });
    const was = both(text('@v0.29.0'), text(''));
    const now = both(text('@v0.30.0'), text('@v0.29.0'));
    expect(differences(now, was).modules).toEqual([
      {
        ...{ name: 'golang.org/x/text', version: 'v0.29.0 and v0.30.0', wasVersion: 'v0.29.0' },
        ...{ state: 'changed', bytes: 200, wasBytes: 200 },
      },
    ]);
    expect(differences(now, both(text('@v0.29.0'), text('@v0.30.0'))).modules).toEqual([]);
  });

  test('takes nothing for new that may only have been too small to be listed', () => {
    const many = Object.fromEntries(Array.from({ length: 103 }, (_, at) => [`p${at}`, 1000 - at]));
    // The 100 largest are listed, down to 901 bytes; the three others, p100 to p102, had at most that each.
    const now = { ...many, p101: 1100, small: 500, large: 2000 };
    expect(differences(contents(now, {}), contents(many, {})).packages).toEqual([
      { name: 'large', state: 'unlisted', bytes: 2000, wasBytes: 901 },
      { name: 'p101', state: 'unlisted', bytes: 1100, wasBytes: 901 },
    ]);
  });

  test('compares files', () => {
    expect(
      differences(contents({}, {}, { '/a': 5, '/b': 1 }), contents({}, {}, { '/a': 3, '/b': 1 })).files,
    ).toEqual([{ name: '/a', state: 'changed', bytes: 5, wasBytes: 3 }]);
  });

  test('does not take the packages of a program that is packed now for gone', () => {
    const was = contents({ runtime: 300 }, { std: 300 });
    const packed = { ...was, programs: [{ path: '/api', bytes: 9, breakdown: { unknown: 'packed' } }] };
    expect(differences(packed, was)).toMatchObject({ isByPackage: false, packages: [], modules: [] });
    expect(differences(was, packed)).toMatchObject({ isByPackage: false, packages: [], modules: [] });
  });

  test('of an image with itself finds nothing', () => {
    const image = contents({ runtime: 300 }, { std: 300 }, { '/a': 1 });
    expect(differences(image, image)).toMatchObject({
      ...{ isByPackage: true, packages: [], modules: [], unattributed: [], files: [] },
      was: image.sizes,
    });
  });
});
