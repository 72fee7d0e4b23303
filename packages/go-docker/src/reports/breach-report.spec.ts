import { layer, measuredImage, measuredPlatform } from '../../spec/measured-image';
import type { Limits } from '../budgets/limits';
import { readBudgets } from '../budgets/read-budgets';
import { limitsOf } from '../budgets/select-limits';
import type { MeasuredPlatform, PartChange, PlatformSizes } from '../measuring/measured-image';
import { breachReport } from './breach-report';

const commandLine: Limits = {
  unpacked: { kind: 'unpacked', most: 4_000_000, text: '4 MB', source: { from: 'command line' } },
};

/** What is said of an image of 2.14 MB of base and 5.55 MB of app: 7.69 MB unpacked, 2.90 MB compressed. */
function report(limits: Limits): string {
  return breachReport(measuredImage([measuredPlatform({ limits })]));
}

/** The limits of `api` that a budget file of these lines gives. */
function fromFile(...lines: string[]): Limits {
  return limitsOf(readBudgets(lines.join('\n'), 'image-budgets.json'), { name: 'api', tags: ['go'] });
}

describe('breachReport', () => {
  test('says by how much, which limit, what the image is made of, what would help, and how to allow more', () => {
    // 3.69 of 4 is 92.25 %, 5.55 of 7.69 is 72.2 %.
    expect(report(commandLine)).toBe(
      [
        'api for linux/amd64 is 3.69 MB (92%) over its budget: 7.69 MB unpacked, the limit is 4 MB',
        '  unpacked: the layers as tar archives: what the image takes on the disk of a node',
        '  limit: 4 MB, --budget on the command line',
        '',
        '  The layers, biggest first:',
        '     5.55 MB   72%  app   sha256:aaaaaaaaaaaa',
        '     2.14 MB   28%  base  sha256:bbbbbbbbbbbb',
        '',
        '  What would help:',
        '  - The base is 2.14 MB of the image: FROM scratch in the runner stage would save it, less the certificates and zones that the app needs.',
        '',
        "  To allow more on purpose: pass --budget='7.7 MB'",
      ].join('\n'),
    );
  });

  test('keeps layers in columns, and names the file that is most of the assets', () => {
    const layers = [
      layer('a', 'app', 8_998_000, 4_000_000),
      layer('b', 'app', 1_000_000, 900_000),
      layer('c', 'app', 2_000, 1_000),
    ];
    const files = [{ path: '/app/team.jpg', bytes: 999_000, layer: 1, isProgram: false, isHidden: false }];
    const text = breachReport(measuredImage([measuredPlatform({ limits: commandLine, layers, files })]));
    expect(text).toContain(
      [
        '     9.00 MB             90%  app   sha256:aaaaaaaaaaaa',
        '     1.00 MB             10%  app   sha256:bbbbbbbbbbbb',
        '     2.00 kB  less than 0.1%  app   sha256:cccccccccccc',
      ].join('\n'),
    );
    expect(text).toContain(
      '2 more layers of the app hold 1.00 MB, /app/team.jpg (999 kB unpacked) above all: keep of',
    );
  });

  test('names the line of the limit, and that line is what to change for a budget of its own', () => {
    const text = report(fromFile('{ "projects": {', '  "api": {', '    "unpacked": "7 MB"', '} } }'));
    expect(text).toContain('api for linux/amd64 is 690 kB (9.9%) over its budget');
    expect(text).toContain('  limit: 7 MB, image-budgets.json:3, "api"\n');
    expect(text).toContain('To allow more on purpose: write "7.7 MB" for unpacked in image-budgets.json:3');
  });

  test('does not propose to raise a limit for everybody because of one project', () => {
    const text = report(fromFile('{ "projects": {', '  "tag:go": { "compressed": "2 MB" }', '} }'));
    expect(text).toContain('  limit: 2 MB, image-budgets.json:2, "tag:go"\n');
    expect(text).toContain(
      'To allow more on purpose: add "api": { "compressed": "2.9 MB" } to "projects" in image-budgets.json, which goes before "tag:go"',
    );
  });

  test('proposes no second entry for a project that has one', () => {
    const text = report(
      fromFile(
        '{ "default": { "compressed": "2 MB" }, "projects": {',
        '  "api": {',
        '    "layers": 9',
        '} } }',
      ),
    );
    expect(text).toContain('  limit: 2 MB, image-budgets.json:1, "default"\n');
    expect(text).toContain(
      'To allow more on purpose: add "compressed": "2.9 MB" to "api" in image-budgets.json:2, which goes before "default"',
    );
  });

  test('proposes one entry for all limits that a project breaks', () => {
    const text = report(
      fromFile(
        '{ "default": { "unpacked": "5 MB" }, "projects": {',
        '  "tag:go": { "compressed": "2 MB" }',
        '} }',
      ),
    );
    const entry = 'add "api": { "unpacked": "7.7 MB", "compressed": "2.9 MB" } to "projects"';
    expect(text.match(/(?<=on purpose: ).*/g)).toEqual([
      `${entry} in image-budgets.json, which goes before "default"`,
      `${entry} in image-budgets.json, which goes before "tag:go"`,
    ]);
  });

  test('proposes no second entry for a project that has a bare size either', () => {
    const text = report(
      fromFile('{ "projects": {', '  "tag:go": { "layers": 1 },', '  "api": "9 MB"', '} }'),
    );
    expect(text).toContain(
      'To allow more on purpose: write { "unpacked": "9 MB", "layers": 2 } for "api" in image-budgets.json:3, which goes before "tag:go"',
    );
  });

  test('says what compressed means, and shows the layers compressed', () => {
    const text = report(fromFile('{ "default": { "compressed": "2 MB" } }'));
    expect(text).toContain('  compressed: the layers as a registry stores them: what a node pulls\n');
    expect(text).toContain('     2.10 MB   72%  app   sha256:aaaaaaaaaaaa\n');
  });

  test('has a section for each kind of size', () => {
    const text = report(fromFile('{ "default": { "unpacked": "5 MB", "compressed": "2 MB" } }'));
    expect(text.match(/^api for .*$/gm)).toEqual([
      'api for linux/amd64 is 2.69 MB (54%) over its budget: 7.69 MB unpacked, the limit is 5 MB',
      'api for linux/amd64 is 900 kB (45%) over its budget: 2.90 MB compressed, the limit is 2 MB',
    ]);
  });

  test('names every platform that is over, and shows the layers of the one that is most', () => {
    const platform = (name: string, appBytes: number) =>
      measuredPlatform({
        platform: name,
        layers: [layer('b', 'base', 2_140_000, 800_000), layer('a', 'app', appBytes, 2_100_000)],
        limits: commandLine,
      });
    const platforms = [
      platform('linux/amd64', 5_550_000),
      platform('linux/arm64', 6_100_000),
      platform('linux/s390x', 1_000_000),
    ];
    const text = breachReport(measuredImage(platforms));
    expect(text.match(/^api for .*$/gm)).toEqual([
      'api for linux/amd64 is 3.69 MB (92%) over its budget: 7.69 MB unpacked, the limit is 4 MB',
      'api for linux/arm64 is 4.24 MB (106%) over its budget: 8.24 MB unpacked, the limit is 4 MB',
    ]);
    expect(text).toContain('  The layers for linux/arm64, biggest first:\n     6.10 MB');
    expect(text).toContain("pass --budget='8.3 MB'");
  });

  test('shows the five biggest layers and counts the others', () => {
    const layers = ['1', '2', '3', '4', '5', '6', '7'].map((digit) =>
      layer(digit, 'app', Number(digit) * 1e6, 1e6),
    );
    const text = breachReport(measuredImage([measuredPlatform({ layers, limits: commandLine })]));
    expect(text.match(/sha256:\d/g)).toEqual(['sha256:7', 'sha256:6', 'sha256:5', 'sha256:4', 'sha256:3']);
    expect(text).toContain('    and 2 smaller\n');
  });

  test('a single byte too much is shown as that', () => {
    const limit = { kind: 'unpacked', most: 7_689_999, text: '7689999 B' } as const;
    expect(report({ unpacked: { ...limit, source: { from: 'command line' } } })).toContain(
      'api for linux/amd64 is 1 B (less than 0.1%) over its budget: 7.69 MB unpacked, the limit is 7689999 B',
    );
  });

  test('counts layers that are too many', () => {
    const text = report(fromFile('{ "projects": { "api": {', '  "layers": 1', '} } }'));
    expect(text).toContain(
      'api for linux/amd64 has 1 more layer than its budget: 2 layers, the limit is 1\n',
    );
    expect(text).toContain('  limit: 1, image-budgets.json:2, "api"\n');
    expect(text).toContain('     5.55 MB   72%  app   sha256:aaaaaaaaaaaa');
    expect(text).toContain('To allow more on purpose: write 2 for layers in image-budgets.json:2');
  });

  test('shows only the layers of a base that is too large, with their share of it', () => {
    const text = report(fromFile('{ "default": { "base": "2 MB" } }'));
    expect(text).toContain('is 140 kB (7%) over its budget: 2.14 MB base, the limit is 2 MB');
    expect(text).toContain('biggest first:\n     2.14 MB  100%  base  sha256:bbbbbbbbbbbb\n\n');
  });
});

describe('breachReport, without a baseline', () => {
  const program = {
    path: '/api',
    bytes: 5_500_000,
    breakdown: {
      goVersion: 'go1.26.8',
      packages: [
        { importPath: 'runtime', module: 'std', bytes: 900_000 },
        { importPath: 'golang.org/x/text/unicode/norm', module: 'golang.org/x/text', bytes: 700_000 },
        { importPath: 'net/http', module: 'std', bytes: 600_000 },
      ],
      modules: [
        { path: 'std', bytes: 1_500_000 },
        { path: 'golang.org/x/text', version: 'v0.30.0', bytes: 700_000 },
      ],
      unattributed: [{ what: 'debug information (DWARF)', bytes: 3_300_000 }],
    },
  };
  const file = (path: string, bytes: number, isProgram = false) => ({
    ...{ path, bytes, layer: 1, isProgram, isHidden: false },
  });
  const image = (limits: Limits, programs: MeasuredPlatform['programs'] = [program]) =>
    measuredImage([
      measuredPlatform({
        limits,
        programs,
        files: [file('/api', 5_500_000, true), file('/srv/logo.png', 30_000), file('/srv/a.css', 10_000)],
      }),
    ]);

  test('names the largest modules, packages and files', () => {
    expect(breachReport(image(commandLine))).toContain(
      [
        '  What is largest:',
        '     1.50 MB  module   std',
        '      700 kB  module   golang.org/x/text v0.30.0',
        '      900 kB  package  runtime',
        '      700 kB  package  golang.org/x/text/unicode/norm',
        '      600 kB  package  net/http',
        '     3.30 MB  program  debug information (DWARF)',
        '     30.0 kB  file     /srv/logo.png',
        '     10.0 kB  file     /srv/a.css',
        '',
        '  The layers, biggest first:',
      ].join('\n'),
    );
  });

  test('names packages, and no files, for programs that are too large', () => {
    const text = breachReport(image(fromFile('{ "default": { "binary": "5 MB" } }')));
    expect(text).toContain('is 500 kB (10%) over its budget: 5.50 MB binary, the limit is 5 MB');
    expect(text).toContain('package  net/http');
    expect(text).not.toContain('/srv/logo.png');
    expect(text).not.toContain('layers, biggest');
  });

  test('names files, and no packages, for assets that are too large', () => {
    const text = breachReport(image(fromFile('{ "default": { "assets": "30 kB" } }')));
    expect(text).toContain('is 10.0 kB (33%) over its budget: 40.0 kB assets, the limit is 30 kB');
    expect(text).toContain('     30.0 kB  file     /srv/logo.png');
    expect(text).not.toContain('net/http');
  });

  test('says why a program is not broken down', () => {
    const packed = {
      path: '/api',
      bytes: 5_500_000,
      breakdown: { unknown: 'this program says nothing of Go' },
    };
    expect(breachReport(image(commandLine, [packed]))).toContain(
      '     5.50 MB  program  /api, not broken down: this program says nothing of Go\n',
    );
  });
});

describe('breachReport, with a baseline', () => {
  const was: PlatformSizes = {
    ...measuredPlatform().sizes,
    unpacked: { totalBytes: 7_140_000, baseBytes: 2_100_000, appBytes: 5_040_000 },
  };
  const change = (name: string, wasBytes: number, bytes: number, more: Partial<PartChange> = {}) => ({
    ...{ name, wasBytes, bytes, state: 'changed' as const, ...more },
  });
  const image = (limits: Limits, ref?: string, isByPackage = true) => {
    const comparison = {
      ...{ state: 'compared' as const, was, isByPackage },
      modules: [
        change('golang.org/x/text', 0, 400_000, { version: 'v0.30.0', state: 'new' }),
        change('example.com/old', 90_000, 0, { state: 'gone' }),
        change('std', 1_000_000, 1_050_000, { version: 'go1.26.8', wasVersion: 'go1.26.1' }),
      ],
      packages: [change('golang.org/x/text/unicode/norm', 6000, 300_000, { state: 'unlisted' })],
      unattributed: [],
      files: [change('/api', 5_000_000, 5_500_000), change('/srv/logo.png', 40_000, 30_000)],
    };
    const programs = [{ path: '/api', bytes: 5_500_000, breakdown: { unknown: 'not asked' } }];
    return measuredImage([measuredPlatform({ limits, comparison, programs })], ref);
  };
  const growth = fromFile('{ "projects": { "tag:go": {', '  "growth": "5%"', '} } }');

  test('says what grew, and where that is written down', () => {
    // 550 kB more than 7.14 MB is 7.7 %; 5 % of 7.14 MB are 357 kB, and 193 kB are left.
    expect(breachReport(image(growth)).split('\n').slice(0, 12)).toEqual([
      'api for linux/amd64 grew by 550 kB (7.7%), 193 kB more than its budget allows: 7.69 MB unpacked, was 7.14 MB, the limit is 5%',
      '  unpacked: the layers as tar archives: what the image takes on the disk of a node',
      '  limit: 5% of growth, with a floor of 10.0 kB, image-budgets.json:2, "tag:go"',
      '',
      '  What grew since apps/api/image-size.json:',
      '    +40.0 kB  base     the layers of the image that FROM names',
      '     +400 kB  module   golang.org/x/text v0.30.0, new',
      '    +50.0 kB  module   std go1.26.8, was go1.26.1',
      '     +294 kB  package  golang.org/x/text/unicode/norm or more, not named before',
      '',
      '  The layers, biggest first:',
      '     5.55 MB   72%  app   sha256:aaaaaaaaaaaa',
    ]);
    expect(breachReport(image(growth))).toContain(
      'To allow more on purpose: nx run api:image-size --update writes what it is now to apps/api/image-size.json; commit that file with the change',
    );
  });

  test('does not show a share that is above its limit as the limit', () => {
    // 550 kB of 7.14 MB are 7.7031 %; 7.7 % are 549,780 bytes.
    expect(breachReport(image(fromFile('{ "default": { "growth": "7.7%" } }')))).toContain(
      'grew by 550 kB (7.703%), 220 B more than its budget allows: 7.69 MB unpacked, was 7.14 MB, the limit is 7.7%\n',
    );
  });

  test('explains a breach of any other limit the same way', () => {
    expect(breachReport(image(commandLine, 'main'))).toContain(
      '  What grew since apps/api/image-size.json at main:\n    +40.0 kB  base',
    );
  });

  test('names the files where programs cannot be broken down', () => {
    expect(breachReport(image(fromFile('{ "default": { "binary": "5 MB" } }'), undefined, false))).toContain(
      '    +500 kB  file     /api\n',
    );
  });

  test('says that nothing has grown where nothing has', () => {
    const comparison = {
      ...{ state: 'compared' as const, was: measuredPlatform().sizes, isByPackage: true },
      ...{ modules: [], packages: [], unattributed: [], files: [] },
    };
    const text = breachReport(measuredImage([measuredPlatform({ limits: commandLine, comparison })]));
    expect(text).toContain('  Nothing of it has grown since apps/api/image-size.json.\n');
    expect(text).not.toContain('What grew');
  });
});
