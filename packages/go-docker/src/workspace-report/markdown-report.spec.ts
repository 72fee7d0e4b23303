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
      '| +1.50 MB | module | <code>golang.org/x/text</code> <code>v0.30.0</code> (new) |',
      '| +1.50 MB | package | <code>golang.org/x/text/language</code> (new) |',
      '| -10.0 kB | module | <code>std</code> <code>go1.26.7</code> → <code>go1.26.8</code> |',
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

  it('lets no version from a program or from image-size.json mean anything', () => {
    const [version, wasVersion] = ['v1.0.0|<img src=x>', 'v0.9.0 @everyone'];
    const change = {
      name: 'example.com/x',
      version,
      wasVersion,
      state: 'changed',
      bytes: 2,
      wasBytes: 1,
    } as const;
    const comparison = { ...GREW, modules: [change] } as typeof GREW;
    const text = markdownReport(workspaceReport([reportedImage('api', [measuredPlatform({ comparison })])]));
    expect(text).toContain(
      '| +1 B | module | <code>example.com/x</code> <code>v0.9.0 @everyone</code> → <code>v1.0.0&#124;&#60;img src=x&#62;</code> |',
    );
  });

  it('does not say of an image without a baseline that it has not changed', () => {
    const text = markdownReport(workspaceReport([reportedImage('api'), reportedImage('web')]));
    expect(text).toContain('There is no image-size.json to compare with.');
    expect(text).toContain('<summary>2 images with nothing to compare with</summary>');
    expect(text).not.toMatch(/Nothing has changed|without a change/);
  });

  it('keeps apart what has not changed and what nobody can compare', () => {
    const text = markdownReport(
      workspaceReport([reportedImage('api'), reportedImage('web', [measuredPlatform({ comparison: SAME })])]),
    );
    expect(text).toContain('Nothing has changed.');
    expect(text).toContain('<summary>1 image without a change</summary>');
    expect(text).toContain('<summary>1 image with nothing to compare with</summary>');
  });

  it('takes an image that links another version of a module for changed, whatever its size', () => {
    const change = {
      ...{ name: 'example.com/x', version: 'v1.0.1', wasVersion: 'v1.0.0', state: 'changed' },
      ...{ bytes: 5, wasBytes: 5 },
    } as const;
    const forked = { ...change, name: 'example.com/forked', version: undefined };
    const comparison = { ...SAME, modules: [change, forked] } as typeof SAME;
    const text = markdownReport(workspaceReport([reportedImage('api', [measuredPlatform({ comparison })])]));
    expect(text).toContain(
      '| 0 B | module | <code>example.com/x</code> <code>v1.0.0</code> → <code>v1.0.1</code> |',
    );
    expect(text).toContain('| 0 B | module | <code>example.com/forked</code> (was <code>v1.0.0</code>) |');
    expect(text).not.toMatch(/Nothing has changed|without a change/);
  });

  it('counts an image for several platforms once', () => {
    const platforms = ['linux/amd64', 'linux/arm64'].map((platform) =>
      measuredPlatform({ platform, comparison: SAME }),
    );
    expect(markdownReport(workspaceReport([reportedImage('api', platforms)]))).toContain(
      '<summary>1 image without a change</summary>',
    );
  });

  it('shows as many rows as a comment holds, what is over its budget before all others', () => {
    const project = (at: number): string =>
      `a-service-with-a-very-long-name-as-they-are-in-large-companies-${at}`;
    const images = Array.from({ length: 600 }, (_, at) =>
      reportedImage(project(at), [
        measuredPlatform({ comparison: GREW, judgements: at === 599 ? OVER : [] }),
      ]),
    );
    const text = markdownReport(workspaceReport(images));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(60_000);
    const rows = text.split('\n').filter((line) => line.startsWith('| <code>'));
    expect(rows.length).toBeGreaterThan(400);
    expect(rows[0]).toContain(project(599));
    expect(text).toContain('The rest is too long for a comment');
    expect(text.trimEnd()).toMatch(/600 images for linux\/amd64: 6\.00 GB unpacked, 2\.40 GB compressed\.$/);
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
