import { measuredPlatform, SIZES } from '../fixtures/reported-image';
import { type ImagePart, imageParts } from './image-parts';

describe('the parts of an image', () => {
  it('are programs by module and package, base layers and files, and sum up to the unpacked image', () => {
    const outline = ({ name, kind, bytes, parts = [] }: ImagePart, indent = ''): string[] => [
      `${indent}${name}: ${kind}, ${bytes}`,
      ...parts.flatMap((part) => outline(part, `${indent}  `)),
    ];
    expect(outline(imageParts('api', measuredPlatform()))).toEqual([
      'api: rest, 10000000',
      '  /usr/local/bin/api: own, 7900000',
      '    Go standard library (go1.26.8): std, 5000000',
      '      net/http: std, 3000000',
      '      runtime: std, 2000000',
      '    golang.org/x/text v0.30.0: external, 1500000',
      '      golang.org/x/text/language: external, 1500000',
      '    example.com/shop: own, 400000',
      '      example.com/shop/api: own, 400000',
      '    of no package: rest, 1000000',
      '      read-only data (.rodata): rest, 1000000',
      '  base image: base, 2000000',
      '    sha256:aaaaaaaaaaaa: base, 2000000',
      '  other files: asset, 90000',
      '    /app/index.html: asset, 90000',
      '  headers of the tar archives: rest, 10000',
    ]);
  });

  it('are packages, too, of which no module is known, as where go build was given files', () => {
    const { programs } = measuredPlatform();
    const changed = programs.map((program) => {
      if ('unknown' in program.breakdown) throw new Error('it can be broken down');
      const { packages, modules } = program.breakdown;
      const breakdown = {
        ...program.breakdown,
        packages: packages.map(({ importPath, module, bytes }) =>
          module === 'example.com/shop'
            ? { importPath: 'command-line-arguments', bytes }
            : { importPath, module, bytes },
        ),
        modules: modules.filter(({ path }) => path !== 'example.com/shop'),
      };
      return { ...program, breakdown };
    });
    const [program] = imageParts('api', measuredPlatform({ programs: changed })).parts ?? [];
    expect(program?.parts?.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(program?.bytes);
    expect(program?.parts?.[2]).toEqual({
      name: 'of no known module',
      kind: 'own',
      bytes: 400_000,
      parts: [{ name: 'command-line-arguments', kind: 'own', bytes: 400_000 }],
    });
  });

  it('count a program once that is smaller than all files that are listed', () => {
    const sizes = { ...SIZES, unpacked: { ...SIZES.unpacked, totalBytes: 18_000_000 } };
    const { parts = [] } = imageParts(
      'api',
      measuredPlatform({
        sizes,
        files: [{ path: '/srv/film', bytes: 8_000_000, layer: 2, isProgram: false, isHidden: false }],
        otherFiles: { count: 3, bytes: 7_990_000 },
      }),
    );
    expect(parts.find(({ name }) => name === 'other files')?.parts).toEqual([
      { name: '/srv/film', kind: 'asset', bytes: 8_000_000 },
      { name: '2 smaller files', kind: 'asset', bytes: 90_000 },
    ]);
    expect(parts.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(18_000_000);
  });

  it('name a program that cannot be broken down, with the reason, and what a higher layer replaces', () => {
    const [program] = measuredPlatform().programs;
    const { parts = [] } = imageParts(
      'api',
      measuredPlatform({
        programs: [
          { path: '/api', bytes: program?.bytes ?? 0, breakdown: { unknown: 'it is packed by UPX' } },
        ],
        files: [
          { path: '/api', bytes: program?.bytes ?? 0, layer: 1, isProgram: true, isHidden: false },
          { path: '/old', bytes: 5_000, layer: 1, isProgram: true, isHidden: true },
          { path: '/page', bytes: 85_000, layer: 1, isProgram: false, isHidden: true },
        ],
        otherFiles: { count: 3, bytes: 0 },
      }),
    );
    expect(parts.map(({ name }) => name)).toEqual([
      '/api (not broken down: it is packed by UPX)',
      'base image',
      'other files',
      '/old (replaced by a higher layer)',
      'headers of the tar archives',
    ]);
    expect(parts[2]?.parts?.map(({ name }) => name)).toEqual([
      '/page (replaced by a higher layer)',
      '3 smaller files',
    ]);
  });
});
