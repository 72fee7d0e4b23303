import type { ImageLayer, PlatformImage } from '../images/image-json';
import { sizesOf } from '../measuring/image-sizes';
import type { PlatformSizes } from '../measuring/measured-image';
import { judge, judgeSum } from './judge';
import { isBreach, type Judgement } from './judgement';
import type { GrowthLimit, Limit, LimitKind, Limits, SizeKind } from './limits';

function layer(origin: ImageLayer['origin'], unpackedBytes: number, compressedBytes: number): ImageLayer {
  const digest = `sha256:${'0'.repeat(64)}` as const;
  return { diffId: digest, digest, origin, unpackedBytes, compressedBytes };
}

/** An image with a base of 200 (80 compressed) and an app of the given sizes in two layers. */
function platformImage(platform: string, appUnpacked: number, appCompressed: number): PlatformImage {
  return {
    platform,
    digest: `sha256:${'1'.repeat(64)}`,
    unpackedBytes: 200 + appUnpacked,
    compressedBytes: 80 + appCompressed,
    layers: [layer('base', 200, 80), layer('app', appUnpacked - 10, appCompressed - 5), layer('app', 10, 5)],
  };
}

function limit(kind: LimitKind, most: number): Limit {
  return { kind, most, text: `${most} B`, source: { from: 'command line' } };
}

function limits(unpacked: number, compressed: number): Limits {
  return { unpacked: limit('unpacked', unpacked), compressed: limit('compressed', compressed) };
}

function growth(of: SizeKind, most: GrowthLimit['most'], floor = 0): Limits {
  const text = 'share' in most ? `${most.share * 100}%` : `${most.bytes} B`;
  return { growth: { [of]: { kind: 'growth', of, most, floor, text, source: { from: 'command line' } } } };
}

const amd64 = 'linux/amd64';
/** 700 unpacked, 300 compressed, 430 of programs, 40 of other files, 3 layers. */
const api = sizesOf(platformImage(amd64, 500, 220), { binaryBytes: 430, assetsBytes: 40 });

const outcomes = (judgements: readonly Judgement[]) =>
  judgements.map(({ kind, verdict }) => `${kind} ${verdict.outcome}`);

describe('judge', () => {
  test('measures every kind where nothing is limited', () => {
    expect(judge(amd64, api, {}).map(({ kind, amount }) => [kind, amount])).toEqual([
      ['unpacked', 700],
      ['compressed', 300],
      ['binary', 430],
      ['assets', 40],
      ['base', 200],
      ['layers', 3],
    ]);
    expect(new Set(judge(amd64, api, {}).map(({ verdict }) => verdict.outcome))).toEqual(
      new Set(['unlimited']),
    );
  });

  test('says nothing of files that nobody looked at', () => {
    expect(judge(amd64, sizesOf(platformImage(amd64, 500, 220)), {}).map(({ kind }) => kind)).toEqual([
      'unpacked',
      'compressed',
      'base',
      'layers',
    ]);
  });

  test('says how much is left below a limit, and how much there is too much', () => {
    const [unpacked, compressed] = judge(amd64, api, limits(1000, 250));
    expect(unpacked?.verdict).toEqual({
      ...{ outcome: 'within', limit: limit('unpacked', 1000), allowed: 1000, spare: 300 },
    });
    expect(compressed?.verdict).toEqual({
      ...{ outcome: 'over', limit: limit('compressed', 250), allowed: 250, over: 50 },
    });
  });

  test.each([
    ['binary', 429],
    ['assets', 39],
    ['base', 199],
    ['layers', 2],
  ] as const)('holds %s to its limit', (kind, most) => {
    const breaches = judge(amd64, api, { [kind]: limit(kind, most) }).filter(isBreach);
    expect(breaches.map((breach) => [breach.kind, breach.verdict.over])).toEqual([[kind, 1]]);
    expect(judge(amd64, api, { [kind]: limit(kind, most + 1) }).filter(isBreach)).toEqual([]);
  });

  test('lets an image be exactly as large as its limit, and not a byte larger', () => {
    expect(judge(amd64, api, limits(700, 299)).slice(0, 2).map(isBreach)).toEqual([false, true]);
  });

  test('takes an image without layers', () => {
    const empty = sizesOf({
      ...platformImage(amd64, 500, 220),
      unpackedBytes: 0,
      compressedBytes: 0,
      layers: [],
    });
    expect(judge(amd64, empty, limits(1, 1)).filter(isBreach)).toEqual([]);
  });
});

describe('judge, of growth', () => {
  /** What 700 grew from. */
  const was = (unpacked: number): PlatformSizes => ({
    ...api,
    unpacked: { totalBytes: unpacked, baseBytes: 200, appBytes: unpacked - 200 },
  });
  const verdictOn = (limited: Limits, before: PlatformSizes | undefined) =>
    judge(amd64, api, limited, before).find(({ kind }) => kind === 'growth');

  test('in percent is a share of what the size was', () => {
    // From 500 to 700: 200 bytes, and 39 % of 500 are 195.
    expect(verdictOn(growth('unpacked', { share: 0.39 }), was(500))).toMatchObject({
      ...{ of: 'unpacked', amount: 200, verdict: { outcome: 'over', allowed: 195, over: 5 } },
    });
    expect(verdictOn(growth('unpacked', { share: 0.4 }), was(500))).toMatchObject({
      verdict: { outcome: 'within', allowed: 200, spare: 0 },
    });
  });

  test('in bytes is what was added', () => {
    expect(verdictOn(growth('unpacked', { bytes: 199 }), was(500))?.verdict).toMatchObject({ over: 1 });
    expect(verdictOn(growth('unpacked', { bytes: 200 }), was(500))?.verdict).toMatchObject({ spare: 0 });
  });

  test('below its floor never fails', () => {
    expect(verdictOn(growth('unpacked', { share: 0 }, 200), was(500))?.verdict).toMatchObject({
      ...{ outcome: 'within', allowed: 200 },
    });
    expect(verdictOn(growth('unpacked', { share: 0 }, 199), was(500))?.verdict.outcome).toBe('over');
  });

  test('is within any limit where the image became smaller', () => {
    expect(verdictOn(growth('unpacked', { share: 0 }), was(900))).toMatchObject({
      ...{ amount: -200, verdict: { outcome: 'within', spare: 200 } },
    });
  });

  test('lets what has grown by exactly its share be within it, whatever floating point makes of the product', () => {
    // 29 % of 100 MB is 28999999.999999996 as a double, and 57 % of it is 56999999.99999999.
    const unpacked = (total: number) => sizesOf(platformImage(amd64, total - 200, 220));
    const outcomeOf = (now: number, share: number) =>
      judge(amd64, unpacked(now), growth('unpacked', { share }), unpacked(100_000_000)).find(
        ({ kind }) => kind === 'growth',
      )?.verdict.outcome;
    expect([outcomeOf(129_000_000, 29 / 100), outcomeOf(157_000_000, 57 / 100)]).toEqual([
      'within',
      'within',
    ]);
    expect([outcomeOf(129_000_001, 29 / 100), outcomeOf(157_000_001, 57 / 100)]).toEqual(['over', 'over']);
  });

  test('has no verdict on a new image', () => {
    const judgement = verdictOn(growth('unpacked', { share: 0 }), undefined);
    expect(judgement?.verdict.outcome).toBe('incomparable');
    expect(judgement).not.toHaveProperty('amount');
  });

  test('of one size does not limit the others', () => {
    const all = judge(amd64, api, growth('compressed', { share: 0 }), was(500));
    expect(outcomes(all).filter((text) => text.startsWith('growth'))).toEqual(['growth within']);
  });
});

describe('judgeSum', () => {
  const images = [
    { image: platformImage(amd64, 500, 220) },
    { image: platformImage('linux/arm64', 400, 200) },
    { image: platformImage(amd64, 300, 120) },
  ];

  test('adds up the images of each platform', () => {
    expect(judgeSum(images, {}).map(({ platform, sizes }) => [platform, sizes])).toEqual([
      [
        amd64,
        {
          unpacked: { totalBytes: 1200, baseBytes: 400, appBytes: 800 },
          compressed: { totalBytes: 500, baseBytes: 160, appBytes: 340 },
          layers: 6,
        },
      ],
      [
        'linux/arm64',
        {
          unpacked: { totalBytes: 600, baseBytes: 200, appBytes: 400 },
          compressed: { totalBytes: 280, baseBytes: 80, appBytes: 200 },
          layers: 3,
        },
      ],
    ]);
  });

  test('adds up the files where they were looked at', () => {
    const sizes = (binaryBytes: number) =>
      sizesOf(platformImage(amd64, 500, 220), { binaryBytes, assetsBytes: 1 });
    const [sum] = judgeSum(
      [
        { image: platformImage(amd64, 500, 220), sizes: sizes(400) },
        { image: platformImage(amd64, 500, 220), sizes: sizes(300) },
      ],
      { binary: limit('binary', 699) },
    );
    expect(sum?.judgements.filter(isBreach).map(({ kind, verdict }) => [kind, verdict.over])).toEqual([
      ['binary', 1],
    ]);
  });

  test('holds each platform to the limit', () => {
    const breaches = judgeSum(images, limits(1199, 500)).flatMap(({ judgements }) =>
      judgements.filter(isBreach),
    );
    expect(breaches.map(({ platform, kind, verdict }) => [platform, kind, verdict.over])).toEqual([
      [amd64, 'unpacked', 1],
    ]);
  });

  test('of no images is no judgement', () => {
    expect(judgeSum([], limits(1, 1))).toEqual([]);
  });
});
