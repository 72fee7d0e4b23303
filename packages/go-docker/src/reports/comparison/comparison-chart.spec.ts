import { alpine, scratch, singleStage } from '../../comparison/fixtures/variants';
import type { ComparedVariant } from '../../comparison/image-comparison';
import { withReductions } from '../../comparison/reductions';
import { comparisonChart } from './comparison-chart';

const chart = (variants: readonly ComparedVariant[], project = 'api') =>
  comparisonChart({ version: 1, project, platform: 'linux/amd64', ...withReductions(variants), notes: [] });

/** Widths of the drawn bars, in their order: base and app of unpacked, then of compressed, for each image. */
const widths = (svg: string, part: 'base' | 'app', kind: 'unpacked' | 'compressed') =>
  [...svg.matchAll(new RegExp(`class="${part} ${kind}"[^>]* width="([\\d.]+)"`, 'g'))].map(([, width]) =>
    Number(width),
  );

describe('the chart of a comparison', () => {
  it('draws every bar to one scale, of which the largest image is 430 pixels', () => {
    const svg = chart([alpine, scratch]);
    // 3 and 10 of 13 MB; nothing and 10 of 13 MB.
    expect(widths(svg, 'base', 'unpacked')).toEqual([99.2, 0]);
    expect(widths(svg, 'app', 'unpacked')).toEqual([330.8, 330.8]);
    // 2 and 4 of 13 MB; 4 of 13 MB.
    expect(widths(svg, 'base', 'compressed')).toEqual([66.2, 0]);
    expect(widths(svg, 'app', 'compressed')).toEqual([132.3, 132.3]);
    expect(svg).not.toContain('class="gap"');
    expect(svg).not.toContain('Bars with a gap');
  });

  it('cuts a single stage that would leave nothing to be seen of the others, and says so', () => {
    const svg = chart([singleStage, alpine]);
    // Both of its bars; 600 of 1000 MB are the base's.
    expect(widths(svg, 'base', 'unpacked')).toEqual([258, 99.2]);
    expect(svg.match(/class="gap"/g)).toHaveLength(2);
    expect(svg).toContain('Bars with a gap are longer than drawn.');
    expect(svg).toContain('>1.00 GB</text>');
    expect(svg).toContain('>13.0 MB, saves 98.7%</text>');
  });

  it('has a title and says all sizes in words', () => {
    const svg = chart([singleStage, { base: 'debian', program: 'upx', outcome: 'failed', reason: 'x' }]);
    expect(svg).toContain('role="img" aria-labelledby="title description"');
    expect(svg).toContain('<title id="title">api on linux/amd64: image sizes by base</title>');
    expect(svg).toContain(
      '<desc id="description">single stage, not stripped: 1.00 GB unpacked, 300 MB compressed. debian, -s -w, UPX: not built.</desc>',
    );
    expect(svg).toContain('>not built</text>');
  });

  it('follows the reader’s system, and needs nothing from anywhere', () => {
    const svg = chart([scratch]);
    expect(svg).toContain('@media (prefers-color-scheme: dark)');
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:|url\(|<image|<script/);
  });

  it('takes no name for markup', () => {
    expect(chart([scratch], '<b>&"a"')).toContain('&lt;b&gt;&amp;&quot;a&quot; on linux/amd64');
  });
});
