import { figures, withFigures } from './figures.mjs';

const sizes = (base: number, app: number) => ({ totalBytes: base + app, baseBytes: base, appBytes: app });
const start = { starts: 5, until: { port: 8080 }, readyMilliseconds: 6.4, peakBytes: 9 * 2 ** 20 };
const comparison = {
  reference: { base: 'single-stage', program: 'plain' },
  variants: [
    {
      base: 'single-stage',
      program: 'plain',
      outcome: 'built',
      from: 'golang:1.26.8',
      sizes: { unpacked: sizes(600e6, 400e6), compressed: sizes(200e6, 100e6) },
    },
    {
      base: 'scratch',
      program: 'upx',
      outcome: 'built',
      from: 'scratch',
      sizes: { unpacked: sizes(0, 10e6), compressed: sizes(0, 4e6) },
      reduction: { unpacked: 0.99, compressed: 1 - 4 / 300 },
      programBytes: 9.5e6,
      start,
    },
  ],
  notes: [],
};

describe('the figures of the page', () => {
  it('are a table of sizes and one of starts, with stand-ins marked', () => {
    expect(figures(comparison, ['golang:1.26.8']).slice(0, 10)).toEqual([
      '| stands on | program | unpacked | base | app | saves | compressed | base | app | saves |',
      '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
      '| `golang:1.26.8` \\* | not stripped | 1.00 GB | 600 MB | 400 MB |  | 300 MB | 200 MB | 100 MB |  |',
      '| `scratch` | `-s -w`, UPX | 10.0 MB | 0 | 10.0 MB | 99.0 % | 4.00 MB | 0 | 4.00 MB | 98.6 % |',
      '',
      '| on | program | file | ready after | memory |',
      '| --- | --- | ---: | ---: | ---: |',
      '| scratch | `-s -w`, UPX | 9.50 MB | 6 ms | 9 MiB |',
      '',
      'Ready: from the start of the process until port 8080 answers; memory: its largest resident set until then; medians of 5 starts.',
    ]);
    expect(figures(comparison, []).at(-1)).toBe('The bases are the real ones.');
  });

  it('have one row for bases with one and the same program', () => {
    const [single, scratch] = comparison.variants;
    const lines = figures({ ...comparison, variants: [single, { ...scratch, base: 'debian' }, scratch] }, []);
    expect(lines).toContain('| debian, scratch | `-s -w`, UPX | 9.50 MB | 6 ms | 9 MiB |');
  });

  it('are refused where one is missing', () => {
    const failed = { base: 'alpine', program: 'plain', outcome: 'failed', reason: 'no disk' };
    expect(() => figures({ ...comparison, variants: [...comparison.variants, failed] }, [])).toThrow(
      'no disk',
    );
    const [single, scratch] = comparison.variants;
    const unmeasured = { ...scratch, start: { notMeasured: 'it printed nothing' } };
    expect(() => figures({ ...comparison, variants: [single, unmeasured] }, [])).toThrow(
      'it printed nothing',
    );
  });

  it('stand between the markers, and leave the rest of the page', () => {
    const page =
      'before\n\n<!-- figures:begin, written by `npm run which-base` -->\n\nold\n\n<!-- figures:end -->\n\nafter\n';
    expect(withFigures(page, ['new'])).toBe(page.replace('old', 'new'));
    expect(() => withFigures('no markers', ['new'])).toThrow('needs the lines');
  });
});
