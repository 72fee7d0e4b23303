import { GREW, measuredPlatform, OVER, reportedImage, SAME } from './fixtures/reported-image';
import { platformTotals, standingOf, standingText, workspaceReport } from './workspace-report';

describe('the report on a workspace', () => {
  const arm = measuredPlatform({ platform: 'linux/arm64' });
  const report = workspaceReport([
    reportedImage('web', [measuredPlatform({ comparison: GREW, judgements: OVER }), arm]),
    reportedImage('api', [measuredPlatform({ comparison: SAME })]),
    reportedImage('worker', [measuredPlatform({ comparison: { state: 'new' } })]),
  ]);

  it('has the images in the order of their names', () => {
    expect(report.images.map(({ project }) => project)).toEqual(['api', 'web', 'worker']);
  });

  it('sums up each platform', () => {
    expect(
      platformTotals(report).map(({ platform, images, sizes }) => [
        platform,
        images,
        sizes.unpacked.totalBytes,
        sizes.compressed.baseBytes,
      ]),
    ).toEqual([
      ['linux/amd64', 3, 30_000_000, 2_400_000],
      ['linux/arm64', 1, 10_000_000, 800_000],
    ]);
  });

  it('says how the images stand', () => {
    expect(standingText(standingOf(report))).toBe('3 images, 1 over its budget, 1 grew, 1 new');
    expect(standingText(standingOf(workspaceReport([reportedImage('api')])))).toBe('1 image');
    expect(standingText({ images: 9, over: 2, grown: 0, smaller: 3, isNew: 0 })).toBe(
      '9 images, 2 over their budgets, 3 became smaller',
    );
  });
});
