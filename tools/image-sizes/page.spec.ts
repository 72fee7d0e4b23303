import { imageSizesPage } from './page.mjs';
import { imageSizesReport } from './report.mjs';
import { passes, rows } from './rows.mjs';

const MB = 1_000_000;
const sizes = (base: number, app: number) => ({
  base: { unpackedBytes: base, compressedBytes: base / 2 },
  app: { unpackedBytes: app, compressedBytes: app / 2 },
});
const images = [
  { kind: 'single stage', article: 374 * MB, old: { target: 'single', base: 'golang:1' } },
  {
    kind: 'alpine',
    article: 7.69 * MB,
    old: { target: 'alpine', base: 'alpine:3.22' },
    ours: { runner: 'alpine', base: 'alpine:3.22' },
  },
  {
    kind: 'scratch',
    article: 4 * MB,
    old: { target: 'scratch', base: 'scratch' },
    ours: { runner: 'scratch', base: 'scratch', options: ['--upx'] },
  },
];
const measured = {
  old: new Map([
    ['hello single', sizes(900 * MB, 36_109_824)],
    ['hello alpine', sizes(2 * MB, 2_500_000)],
    ['hello scratch', sizes(0, 2_400_000)],
  ]),
  ours: new Map([
    ['hello alpine', sizes(2 * MB, 2_000_000)],
    ['hello scratch --upx', sizes(0, 1_000_000)],
  ]),
};
const report = (standIns: string[], some = images) =>
  imageSizesReport([{ title: 'Hello', app: 'hello', source: 'Prints.', images: some }], {
    ...measured,
    standIns,
  });

describe('the page of image sizes', () => {
  const page = imageSizesPage(report(['golang:1', 'alpine:3.22']));

  it('sets what was built by hand beside what go-docker built, stand-ins marked', () => {
    expect(page).toContain(
      [
        '| single stage | 374 MB | by hand | `golang:1` \\* | 900 MB | 36.1 MB | 18.1 MB |',
        '| alpine | 7.69 MB | by hand | `alpine:3.22` \\* | 2.00 MB | 2.50 MB | 1.25 MB |',
        '|  |  | **go-docker** | `alpine:3.22` \\* | 2.00 MB | 2.00 MB | 1.00 MB |',
        '| scratch | 4.00 MB | by hand | scratch | 0 | 2.40 MB | 1.20 MB |',
        '|  |  | **go-docker** | scratch | 0 | 1.00 MB | 500 kB |',
      ].join('\n'),
    );
  });

  it('says where the real base alone is larger than the image of the article', () => {
    expect(page).toContain(
      "- **alpine**: an app of 2.00 MB, 20 % smaller than by hand; the article's image is 7.69 MB",
    );
    expect(page).toContain("Today's real `alpine:3.22` alone is larger than that (8.31 MB)");
  });

  it('claims a whole image only where there is no base, or a real one', () => {
    expect(page).toContain("there is no base, and the image is 75 % smaller than the article's.");
    expect(page).not.toContain('this one');
    const real = images.map((image) => ({ ...image, article: 9 * MB }));
    expect(imageSizesPage(report([], real))).toContain(
      "the article's image is 9.00 MB with its base, this one 4.00 MB.",
    );
  });

  it('admits where the image is larger than that of the article', () => {
    const small = images.map((image) => ({
      ...image,
      article: 3 * MB,
      ours: image.ours && { ...image.ours },
    }));
    const onDistroless = JSON.parse(JSON.stringify(small).replaceAll('alpine:3.22', 'distroless'));
    expect(imageSizesPage(report(['distroless'], onDistroless))).toContain(
      "the article's image is 3.00 MB with its base, this one 4.00 MB: it is larger.",
    );
  });

  it('says which bases are the real ones', () => {
    expect(imageSizesPage(report([]))).toContain('`alpine:3.22` | the real one | 2.00 MB | 1.00 MB |');
  });

  it('gives each base with its size', () => {
    expect(page).toContain('| `alpine:3.22` | a stand-in | 2.00 MB | 1.00 MB | 8.31 MB |');
    expect(page).toContain('| `golang:1` | a stand-in | 900 MB | 450 MB | not measured |');
  });
});

describe('the report', () => {
  it('keeps three digits of what was built by hand, and every byte of the other', () => {
    const [row] = report([]).rows;
    expect(row?.images[0]?.byHand.app).toEqual({ unpackedBytes: 36_100_000, compressedBytes: 18_100_000 });
    expect(row?.images[1]?.goDocker?.app).toEqual({ unpackedBytes: 2_000_000, compressedBytes: 1_000_000 });
  });
});

describe('the rows', () => {
  it('are those of the articles', () => {
    const figures = rows.map(({ images }) => images.map(({ article }) => article / MB));
    expect(figures).toEqual([
      [374, 7.69],
      [841, 7.21],
      [1400, 21.2, 16.3, 3.95],
      [1220, 108, 19.3, 12.8, 10.8],
      [13.3, 6.46],
    ]);
  });

  it('are built with as few calls as they can be', () => {
    const calls = passes().map(({ project, runner, options }) =>
      [project, runner, ...options].filter(Boolean),
    );
    expect(new Set(calls.map((call) => call.join(' '))).size).toBe(calls.length);
  });
});
