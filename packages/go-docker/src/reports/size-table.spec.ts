import { layer, measuredPlatform, type PlatformOptions } from '../../spec/measured-image';
import type { GrowthLimits, Limit, LimitKind, Limits } from '../budgets/limits';
import type { PlatformSizes } from '../measuring/measured-image';
import { paletteFor } from './palette';
import { sizeTable, type TableProject } from './size-table';

function limit(kind: LimitKind, most: number, text: string): Limits {
  return { [kind]: { kind, most, text, source: { from: 'command line' } } satisfies Limit };
}

/** An image without a base, with 20 % of its bytes compressed. */
function scratch(bytes: number, limits: Limits = {}, options: PlatformOptions = {}) {
  return measuredPlatform({ layers: [layer('a', 'app', bytes, bytes / 5)], limits, ...options });
}

const api: TableProject = {
  project: 'api',
  platforms: [
    measuredPlatform({
      limits: { ...limit('unpacked', 15_000_000, '15 MB'), ...limit('compressed', 1_500_000, '1.5 MB') },
    }),
  ],
};

const worker: TableProject = {
  project: '@shop/worker',
  platforms: [
    scratch(950_000),
    scratch(10_000_000, limit('unpacked', 10_000_000, '10 MB'), { platform: 'linux/arm64' }),
  ],
};

describe('sizeTable', () => {
  test('shows both sizes of every platform of every project, and how much of the budget is used', () => {
    // 7.69 of 15 is 51.3 %, 2.9 of 1.5 is 193.3 %.
    expect(sizeTable([api, worker])).toBe(
      [
        'Project       Platform     Size          Total     Base      App   Limit  Used',
        'api           linux/amd64  unpacked    7.69 MB  2.14 MB  5.55 MB   15 MB  █████░░░░░ 51%',
        '                           compressed  2.90 MB   800 kB  2.10 MB  1.5 MB  ██████████ 193%, 1.40 MB over',
        '@shop/worker  linux/amd64  unpacked     950 kB      0 B   950 kB    none',
        '                           compressed   190 kB      0 B   190 kB    none',
        '              linux/arm64  unpacked    10.0 MB      0 B  10.0 MB   10 MB  ██████████ 100%',
        '                           compressed  2.00 MB      0 B  2.00 MB    none',
      ].join('\n'),
    );
  });

  test('does not show a bar as full before the limit is reached', () => {
    const line = (bytes: number) =>
      sizeTable([
        { project: 'api', platforms: [scratch(bytes, limit('unpacked', 10_000_000, '10 MB'))] },
      ]).split('\n')[1];
    expect(line(9_999_000)).toContain('█████████░ 100%');
    expect(line(10_000_001)).toContain('██████████ more than 100%, 1 B over');
    expect(line(10_030_000)).toContain('██████████ 100.3%, 30.0 kB over');
  });

  test('colours a breach red and a budget that is nearly used up yellow', () => {
    const palette = paletteFor({ isTTY: true }, {});
    expect(sizeTable([api], palette)).toContain('\u001B[31m██████████ 193%, 1.40 MB over\u001B[39m');
    const nearly = scratch(9_500_000, limit('unpacked', 10_000_000, '10 MB'));
    expect(sizeTable([{ project: 'api', platforms: [nearly] }], palette)).toContain(
      '\u001B[33m█████████░ 95%\u001B[39m',
    );
  });

  test('shows what else has a limit', () => {
    const limits = {
      ...limit('binary', 5_000_000, '5 MB'),
      ...limit('assets', 100_000, '100 kB'),
      ...limit('base', 3_000_000, '3 MB'),
      ...limit('layers', 4, '4'),
    };
    // 5.5 of 5 is 110 %, 40 of 100 is 40 %, 2.14 of 3 is 71.3 %, 2 of 4 is 50 %.
    expect(sizeTable([{ project: 'api', platforms: [measuredPlatform({ limits })] }])).toBe(
      [
        'Project  Platform     Size          Total     Base      App   Limit  Used',
        'api      linux/amd64  unpacked    7.69 MB  2.14 MB  5.55 MB    none',
        '                      compressed  2.90 MB   800 kB  2.10 MB    none',
        '                      binary      5.50 MB                      5 MB  ██████████ 110%, 500 kB over',
        '                      assets      40.0 kB                    100 kB  ████░░░░░░ 40%',
        '                      base        2.14 MB                      3 MB  ███████░░░ 71%',
        '                      layers            2                         4  █████░░░░░ 50%',
      ].join('\n'),
    );
  });

  test('shows what changed since the baseline, and what has none as new', () => {
    const was: PlatformSizes = {
      ...measuredPlatform().sizes,
      unpacked: { totalBytes: 7_390_000, baseBytes: 2_140_000, appBytes: 5_250_000 },
    };
    const nothing = { modules: [], packages: [], unattributed: [], files: [], isByPackage: true };
    const growth: GrowthLimits = {
      unpacked: {
        kind: 'growth',
        of: 'unpacked',
        ...{ most: { bytes: 250_000 }, floor: 0, text: '250 kB' },
        source: { from: 'command line' },
      },
    };
    const compared = measuredPlatform({
      comparison: { state: 'compared', was, ...nothing },
      limits: { growth },
    });
    const isNew = scratch(950_000, { growth }, { platform: 'linux/arm64', comparison: { state: 'new' } });
    expect(sizeTable([{ project: 'api', platforms: [compared, isNew] }])).toBe(
      [
        'Project  Platform     Size          Total     Base      App   Change   Limit  Used',
        'api      linux/amd64  unpacked    7.69 MB  2.14 MB  5.55 MB  +300 kB    none',
        '                      compressed  2.90 MB   800 kB  2.10 MB        0    none',
        '                      growth                                 +300 kB  250 kB  ██████████ 120%, 50.0 kB over',
        '         linux/arm64  unpacked     950 kB      0 B   950 kB      new    none',
        '                      compressed   190 kB      0 B   190 kB      new    none',
        '                      growth                                     new  250 kB  nothing to compare with',
      ].join('\n'),
    );
  });
});
