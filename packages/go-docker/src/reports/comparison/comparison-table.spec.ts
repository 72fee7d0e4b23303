import { alpine, built, scratch, singleStage } from '../../comparison/fixtures/variants';
import type { ComparedVariant, ImageComparison } from '../../comparison/image-comparison';
import { withReductions } from '../../comparison/reductions';
import { comparisonTable } from './comparison-table';

const comparison = (
  variants: readonly ComparedVariant[],
  notes: readonly string[] = [],
): ImageComparison => ({
  version: 1,
  project: 'api',
  platform: 'linux/amd64',
  ...withReductions(variants),
  notes,
});

const start = {
  starts: 5,
  until: { port: 8080 },
  readyMilliseconds: 540.6,
  peakBytes: 45 * 2 ** 20,
} as const;

describe('a comparison in the terminal', () => {
  it('has both sizes, base and app apart, and what is saved', () => {
    const plain = built('alpine', 'plain', {
      base: 3e6,
      app: 14e6,
      compressedBase: 2e6,
      compressedApp: 8e6,
    });
    expect(comparisonTable(comparison([singleStage, plain, alpine]))).toBe(
      `api on linux/amd64

Stands on     Program       Unpacked     base      app  saves  Compressed     base      app  saves
single stage  not stripped   1.00 GB   600 MB   400 MB             300 MB   200 MB   100 MB
alpine        not stripped   17.0 MB  3.00 MB  14.0 MB  98.3%     10.0 MB  2.00 MB  8.00 MB  96.6%
              -s -w          13.0 MB  3.00 MB  10.0 MB  98.7%     6.00 MB  2.00 MB  4.00 MB  98.0%

Saves: of single stage, not stripped`,
    );
  });

  it('says what starts take, and why they were not measured', () => {
    const table = comparisonTable(
      comparison([
        {
          ...scratch,
          programBytes: 10e6,
          start: { ...start, readyMilliseconds: 6.2, peakBytes: 9 * 2 ** 20 },
        },
        { ...scratch, program: 'upx', programBytes: 3e6, start },
        { ...alpine, programBytes: 3e6, start: { notMeasured: 'it printed nothing within 10 seconds' } },
      ]),
    );
    expect(table).toContain(
      `Stands on  Program        File   Ready after        Memory
scratch    -s -w       10.0 MB          6 ms         9 MiB
           -s -w, UPX  3.00 MB        541 ms        45 MiB
alpine     -s -w       3.00 MB  not measured  not measured

Ready after: from the start of the process until port 8080 answers; memory: its largest resident set until then. Medians of 5 starts on this machine.
Not measured: alpine, -s -w: it printed nothing within 10 seconds`,
    );
  });

  it('says of each that is missing why, and what the figures do not show', () => {
    const table = comparisonTable(
      comparison(
        [
          { base: 'single-stage', program: 'plain', outcome: 'left out', reason: 'native does not' },
          { base: 'single-stage', program: 'stripped', outcome: 'left out', reason: 'native does not' },
          { base: 'alpine', program: 'plain', outcome: 'failed', reason: 'there is no alpine:3.22' },
          scratch,
        ],
        ['apps/api/Dockerfile has a line of its own'],
      ),
    );
    expect(table).toMatch(
      /\n\nNot built: alpine, not stripped: there is no alpine:3\.22\nLeft out: single stage, not stripped; single stage, -s -w\n {2}native does not\n\nNote: apps\/api\/Dockerfile has a line of its own$/,
    );
  });

  it('has no table where nothing was built', () => {
    const failed = { base: 'alpine', program: 'plain', outcome: 'failed', reason: 'no disk' } as const;
    expect(comparisonTable(comparison([failed]))).toBe(
      'api on linux/amd64\n\nNot built: alpine, not stripped: no disk',
    );
  });
});
