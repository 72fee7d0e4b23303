import { GREW, measuredPlatform, OVER, reportedImage, SAME } from './fixtures/reported-image';
import { markdownReport } from './markdown-report';
import { workspaceReport } from './workspace-report';

describe('the report in Markdown', () => {
  it('shows first what has changed or is over its budget, and folds the rest', () => {
    const text = markdownReport(
      workspaceReport([
        reportedImage('api', [measuredPlatform({ comparison: GREW, judgements: OVER })]),
        reportedImage('worker', [measuredPlatform({ comparison: SAME })]),
      ]),
    );
    expect(text.split('\n')).toEqual([
      '<!-- go-docker report -->',
      '## Image sizes: 2 images, 1 over its budget, 1 grew',
      '',
      '| Image | Unpacked | Change | Compressed | Change | Budgets |',
      '| --- | ---: | ---: | ---: | ---: | --- |',
      '| <code>api</code> | 10.0 MB | +1.50 MB (18%) | 4.00 MB | +500 kB (14%) | ❌ **125% of 8 MB unpacked** |',
      '',
      '<details><summary>What changed in <code>api</code> since <code>apps/api/image-size.json</code></summary>',
      '',
      '| Bytes | | |',
      '| ---: | --- | --- |',
      '| +1.50 MB | module | <code>golang.org/x/text</code> v0.30.0 (new) |',
      '| +1.50 MB | package | <code>golang.org/x/text/language</code> (new) |',
      '| -10.0 kB | module | <code>std</code> go1.26.7 → go1.26.8 |',
      '| -10.0 kB | package | <code>net/http/pprof</code> (gone) |',
      '',
      '</details>',
      '',
      '<details><summary>1 image without a change</summary>',
      '',
      '| Image | Unpacked | Change | Compressed | Change | Budgets |',
      '| --- | ---: | ---: | ---: | ---: | --- |',
      '| <code>worker</code> | 10.0 MB | 0 | 4.00 MB | 0 |  |',
      '',
      '</details>',
      '',
      '2 images for linux/amd64: 20.0 MB unpacked, 8.00 MB compressed.',
      '',
    ]);
  });

  it('says that a new image is new, and names the platform where there are several', () => {
    const platforms = ['linux/amd64', 'linux/arm64'].map((platform) =>
      measuredPlatform({ platform, comparison: { state: 'new' } }),
    );
    expect(markdownReport(workspaceReport([reportedImage('api', platforms)]))).toContain(
      '| <code>api</code> linux/arm64 | 10.0 MB | new | 4.00 MB | new |  |',
    );
  });

  it('lets no name from the workspace mean anything', () => {
    const image = reportedImage('@shop/web|<img src=x>`', [measuredPlatform({ comparison: GREW })]);
    const text = markdownReport(workspaceReport([image]));
    expect(text).toContain('| <code>@shop/web&#124;&#60;img src=x&#62;&#96;</code> |');
    expect(text).not.toContain('<img');
  });

  it('fits into a comment, and says what is left out', () => {
    const images = Array.from({ length: 400 }, (_, at) =>
      reportedImage(`service-${at}`, [measuredPlatform({ comparison: GREW })]),
    );
    const text = markdownReport(workspaceReport(images));
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain('service-399');
    expect(text).toContain('The rest is too long for a comment');
    expect(text.trimEnd()).toMatch(/400 images for linux\/amd64: 4\.00 GB unpacked, 1\.60 GB compressed\.$/);
  });
});
