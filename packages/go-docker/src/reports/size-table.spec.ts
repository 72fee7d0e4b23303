import type { Judgement, Verdict } from '../budgets/judge';
import type { SizeKind } from '../budgets/limits';
import { paletteFor } from './palette';
import { type ProjectSizes, sizeTable } from './size-table';

const unlimited: Verdict = { outcome: 'unlimited' };

function verdict(totalBytes: number, bytes: number, text: string): Verdict {
  const limit = { kind: 'unpacked', bytes, text, source: { from: 'command line' } } as const;
  return totalBytes > bytes
    ? { outcome: 'over', limit, overBytes: totalBytes - bytes }
    : { outcome: 'within', limit, spareBytes: bytes - totalBytes };
}

function judgement(
  kind: SizeKind,
  baseBytes: number,
  appBytes: number,
  ruling: Verdict,
  platform = 'linux/amd64',
): Judgement {
  return { platform, kind, baseBytes, appBytes, totalBytes: baseBytes + appBytes, verdict: ruling };
}

const api: ProjectSizes = {
  project: 'api',
  sizes: [
    judgement('unpacked', 2_140_000, 5_550_000, verdict(7_690_000, 15_000_000, '15 MB')),
    judgement('compressed', 800_000, 2_100_000, verdict(2_900_000, 1_500_000, '1.5 MB')),
  ],
};

const worker: ProjectSizes = {
  project: '@shop/worker',
  sizes: [
    judgement('unpacked', 0, 950_000, unlimited),
    judgement('compressed', 0, 400_000, unlimited),
    judgement('unpacked', 0, 10_000_000, verdict(10_000_000, 10_000_000, '10 MB'), 'linux/arm64'),
    judgement('compressed', 0, 380_000, unlimited, 'linux/arm64'),
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
        '                           compressed   400 kB      0 B   400 kB    none',
        '              linux/arm64  unpacked    10.0 MB      0 B  10.0 MB   10 MB  ██████████ 100%',
        '                           compressed   380 kB      0 B   380 kB    none',
      ].join('\n'),
    );
  });

  test('does not show a bar as full before the limit is reached', () => {
    const line = (bytes: number) =>
      sizeTable([
        { project: 'api', sizes: [judgement('unpacked', 0, bytes, verdict(bytes, 10_000_000, '10 MB'))] },
      ]).split('\n')[1];
    expect(line(9_999_000)).toContain('█████████░ 100%');
    expect(line(10_000_001)).toContain('██████████ 100%, 1 B over');
  });

  test('colours a breach red and a budget that is nearly used up yellow', () => {
    const palette = paletteFor({ isTTY: true }, {});
    expect(sizeTable([api], palette)).toContain('\u001B[31m██████████ 193%, 1.40 MB over\u001B[39m');
    const nearly = judgement('unpacked', 0, 9_500_000, verdict(9_500_000, 10_000_000, '10 MB'));
    expect(sizeTable([{ project: 'api', sizes: [nearly] }], palette)).toContain(
      '\u001B[33m█████████░ 95%\u001B[39m',
    );
  });
});
