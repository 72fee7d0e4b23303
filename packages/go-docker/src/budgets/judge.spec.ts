import type { ImageJson, ImageLayer, PlatformImage } from '../images/image-json';
import { isBreach, judgeImage, judgeSum } from './judge';
import type { Limit, Limits, SizeKind } from './limits';

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

function image(project: string, ...images: PlatformImage[]): ImageJson {
  return { project, images };
}

function limit(kind: SizeKind, bytes: number): Limit {
  return { kind, bytes, text: `${bytes} B`, source: { from: 'command line' } };
}

function limits(unpacked: number, compressed: number): Limits {
  return { unpacked: limit('unpacked', unpacked), compressed: limit('compressed', compressed) };
}

describe('judgeImage', () => {
  const api = image('api', platformImage('linux/amd64', 500, 220));

  test('measures both kinds of size, base and app apart, where nothing is limited', () => {
    const verdict = { outcome: 'unlimited' };
    expect(judgeImage(api, {})).toEqual([
      { platform: 'linux/amd64', kind: 'unpacked', totalBytes: 700, baseBytes: 200, appBytes: 500, verdict },
      { platform: 'linux/amd64', kind: 'compressed', totalBytes: 300, baseBytes: 80, appBytes: 220, verdict },
    ]);
  });

  test('says how much is left below a limit, and how much there is too much', () => {
    expect(judgeImage(api, limits(1000, 250)).map(({ verdict }) => verdict)).toEqual([
      { outcome: 'within', limit: limit('unpacked', 1000), spareBytes: 300 },
      { outcome: 'over', limit: limit('compressed', 250), overBytes: 50 },
    ]);
  });

  test('lets an image be exactly as large as its limit, and not a byte larger', () => {
    expect(judgeImage(api, limits(700, 299)).map(isBreach)).toEqual([false, true]);
  });

  test('holds every platform to the limit by itself', () => {
    const both = image('api', platformImage('linux/amd64', 500, 220), platformImage('linux/arm64', 400, 220));
    const breaches = judgeImage(both, { unpacked: limit('unpacked', 650) }).filter(isBreach);
    expect(breaches.map(({ platform, verdict }) => [platform, verdict.overBytes])).toEqual([
      ['linux/amd64', 50],
    ]);
  });

  test('takes an image without layers', () => {
    const empty = {
      ...platformImage('linux/amd64', 500, 220),
      unpackedBytes: 0,
      compressedBytes: 0,
      layers: [],
    };
    expect(
      judgeImage(image('api', empty), limits(1, 1)).map(({ totalBytes, appBytes }) => [totalBytes, appBytes]),
    ).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });
});

describe('judgeSum', () => {
  const api = image('api', platformImage('linux/amd64', 500, 220), platformImage('linux/arm64', 400, 200));
  const web = image('web', platformImage('linux/amd64', 300, 120));

  test('adds up the images of each platform', () => {
    expect(
      judgeSum([api, web], {}).map(({ platform, kind, totalBytes, baseBytes, appBytes }) => [
        platform,
        kind,
        totalBytes,
        baseBytes,
        appBytes,
      ]),
    ).toEqual([
      ['linux/amd64', 'unpacked', 1200, 400, 800],
      ['linux/amd64', 'compressed', 500, 160, 340],
      ['linux/arm64', 'unpacked', 600, 200, 400],
      ['linux/arm64', 'compressed', 280, 80, 200],
    ]);
  });

  test('holds each platform to the limit', () => {
    const breaches = judgeSum([api, web], limits(1199, 500)).filter(isBreach);
    expect(breaches.map(({ platform, kind, verdict }) => [platform, kind, verdict.overBytes])).toEqual([
      ['linux/amd64', 'unpacked', 1],
    ]);
  });

  test('of no images is no judgement', () => {
    expect(judgeSum([], limits(1, 1))).toEqual([]);
  });
});
