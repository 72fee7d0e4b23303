import { type GREW, measuredPlatform, reportedImage, SAME, SIZES } from '../fixtures/reported-image';
import { workspaceReport } from '../workspace-report';
import { htmlReport } from './html-report';

describe('the report as a page', () => {
  it('counts an image among those that changed where only its compressed size did', () => {
    const was = { ...SIZES, compressed: { ...SIZES.compressed, totalBytes: 3_999_000 } };
    const page = htmlReport(
      workspaceReport([
        reportedImage('api', [measuredPlatform({ comparison: { ...SAME, was } as typeof GREW })]),
        reportedImage('web', [measuredPlatform({ comparison: SAME })]),
        reportedImage('worker', [measuredPlatform({ comparison: { state: 'new' } })]),
      ]),
      'Images',
    );
    const rows = [...page.matchAll(/<tr id="([^"]*)" class="([^"]*)"/g)];
    expect(rows.map(([, id, classes]) => [id, classes])).toEqual([
      ['api/linux/amd64', 'image changed'],
      ['web/linux/amd64', 'image'],
      ['worker/linux/amd64', 'image changed'],
    ]);
  });
});
