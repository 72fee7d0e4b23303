import type { ImageLayer, PlatformImage } from '../images/image-json';
import type { MeasuredProgram } from '../measuring/measured-image';
import { adviceOn, biggestLayers } from './advice';
import type { LayerSizeKind } from '../measuring/image-sizes';

type LayerSizes = readonly [origin: ImageLayer['origin'], unpackedBytes: number, compressedBytes?: number];

function image(...layers: LayerSizes[]): PlatformImage {
  const digest = `sha256:${'0'.repeat(64)}` as const;
  const sized = layers.map(([origin, unpackedBytes, compressedBytes = unpackedBytes / 2]): ImageLayer => {
    return { diffId: digest, digest, origin, unpackedBytes, compressedBytes };
  });
  const sum = (of: (layer: ImageLayer) => number) => sized.reduce((total, layer) => total + of(layer), 0);
  return {
    platform: 'linux/amd64',
    digest,
    unpackedBytes: sum((layer) => layer.unpackedBytes),
    compressedBytes: sum((layer) => layer.compressedBytes),
    layers: sized,
  };
}

/** The advice on an image that is one MB over its budget. */
function advice(platformImage: PlatformImage, kind: LayerSizeKind = 'unpacked'): readonly string[] {
  return adviceOn({ image: platformImage, kind, overBytes: 1e6 });
}

describe('adviceOn', () => {
  test('a large base is named with a smaller one', () => {
    expect(advice(image(['base', 78e6], ['app', 6e6]))).toEqual([
      'The base is 78.0 MB of the image: gcr.io/distroless/static, about 2 MB unpacked, or scratch in the FROM line of the runner stage would save most of it.',
    ]);
  });

  test('a small base can only be left out', () => {
    expect(advice(image(['base', 2.1e6], ['app', 2e5], ['app', 2e5]))[0]).toBe(
      'The base is 2.10 MB of the image: FROM scratch in the runner stage would save it, less the certificates and zones that the app needs.',
    );
  });

  test('which base is large is judged by the size that broke its budget', () => {
    expect(advice(image(['base', 4e6, 3e6], ['app', 10e6, 4e6]), 'compressed')[0]).toContain(
      'distroless/static',
    );
    expect(advice(image(['base', 4e6, 3e6], ['app', 10e6, 4e6]), 'unpacked')[0]).toContain('FROM scratch');
  });

  test('scratch is not told to be smaller', () => {
    expect(advice(image(['app', 6e6])).join()).not.toContain('base');
  });

  test('a base that makes no difference is not mentioned', () => {
    expect(advice(image(['base', 5e5], ['app', 60e6])).join()).not.toContain('base');
  });

  test('a binary that is the largest part is to be looked at', () => {
    expect(advice(image(['base', 1e5], ['app', 9e6]))).toEqual([
      'The app\'s largest layer, 9.00 MB, is most likely the binary: -ldflags="-s -w" takes about a third off one that is built without. A generated builder stage has these flags; see whether yours does.',
    ]);
  });

  test('a binary that has symbols is named with the bytes of them', () => {
    const program = (path: string, symbols: number) => ({
      ...{ path, bytes: 9e6 },
      breakdown: {
        ...{ goVersion: 'go1.26.8', packages: [], modules: [] },
        unattributed: [
          { what: 'debug information (DWARF)', bytes: 2 * symbols },
          { what: 'types, strings and other constants', bytes: 1e6 },
          { what: 'symbol table', bytes: symbols },
        ],
      },
    });
    const of = (...programs: MeasuredProgram[]) =>
      adviceOn({ image: image(['app', 9e6]), kind: 'unpacked', overBytes: 1e6, programs });
    expect(of(program('/api', 1e6), program('/health', 1e5))).toEqual([
      '-ldflags="-s -w" takes the symbol table and the debug information out: 3.00 MB of /api, 300 kB of /health, unpacked. A generated builder stage has these flags.',
    ]);
    expect(of(program('/api', 0))).toEqual([]);
    // Somebody looked, and there is no program: it is no binary.
    expect(of()).toEqual([]);
  });

  test('a binary that cannot be read may have symbols, unless it is packed or not of Go', () => {
    const of = (...programs: MeasuredProgram[]) =>
      adviceOn({ image: image(['app', 9e6]), kind: 'unpacked', overBytes: 1e6, programs });
    const damaged = { path: '/api', bytes: 9e6, breakdown: { unknown: 'it is not whole' } };
    expect(of(damaged)).toEqual([expect.stringContaining('most likely the binary')]);
    for (const silence of ['packed', 'not of Go'] as const) {
      expect(of({ ...damaged, breakdown: { unknown: 'why', silence } })).toEqual([]);
      // The largest layer is that of the larger program.
      const small = { ...damaged, path: '/health', bytes: 1e6 };
      expect(of(small, { ...damaged, breakdown: { unknown: 'why', silence } })).toEqual([]);
    }
  });

  test('a binary that holds the folders it was built in is named', () => {
    const breakdown = { goVersion: 'go1.26.8', packages: [], modules: [], unattributed: [] };
    const of = (...programs: MeasuredProgram[]) =>
      adviceOn({ image: image(['app', 9e6]), kind: 'unpacked', overBytes: 1e6, programs });
    const program = (path: string, isTrimmed?: boolean) => ({
      ...{ path, bytes: 9e6 },
      breakdown: { ...breakdown, isTrimmed },
    });
    expect(of(program('/api', false), program('/health', true), program('/old'))).toEqual([
      '-trimpath leaves the folders of the build out, with which every file of the program is named: /api. A generated builder stage has this flag; image-size --advise builds it to see what it saves.',
    ]);
    expect(of(program('/health', true), program('/old'))).toEqual([]);
  });

  test('assets beside the binary are named with their size', () => {
    expect(advice(image(['app', 9e6], ['app', 3e6])).at(-1)).toBe(
      'Another layer of the app holds 3.00 MB: keep of its assets and certificates only what the app reads when it runs.',
    );
    expect(advice(image(['app', 9e6], ['app', 3e6], ['app', 1e6])).at(-1)).toBe(
      '2 more layers of the app hold 4.00 MB: keep of its assets and certificates only what the app reads when it runs.',
    );
    const of = (...sizes: readonly number[]) =>
      adviceOn({
        ...{ image: image(['app', 9e6], ['app', 4e6]), kind: 'unpacked', overBytes: 1e6 },
        files: [
          { path: '/api', bytes: 9e6, layer: 0, isProgram: true, isHidden: false },
          ...sizes.map((bytes, at) => {
            return { path: `/assets/${at}`, bytes, layer: 1, isProgram: false, isHidden: false };
          }),
        ],
      }).at(-1);
    expect(of(2e6, 1e6, 1e6)).toBe(
      'Another layer of the app holds 4.00 MB, /assets/0 (2.00 MB unpacked) and /assets/1 (1.00 MB unpacked) above all: keep of its assets and certificates only what the app reads when it runs.',
    );
    expect(of(3e6, 1e6)).toContain('holds 4.00 MB, /assets/0 (3.00 MB unpacked) above all: keep');
    expect(of(...Array.from({ length: 5 }, () => 8e5))).toContain('holds 4.00 MB: keep');
  });

  test('a file of the largest layer is none of another one', () => {
    const files = [
      { path: '/movie.mp4', bytes: 8e6, layer: 0, isProgram: false, isHidden: false },
      { path: '/logo.svg', bytes: 3e6, layer: 1, isProgram: false, isHidden: false },
    ];
    const tooLarge = { image: image(['app', 9e6], ['app', 4e6]), kind: 'unpacked', overBytes: 1e6 } as const;
    expect(adviceOn({ ...tooLarge, files }).at(-1)).toContain(
      'holds 4.00 MB, /logo.svg (3.00 MB unpacked) above',
    );
    expect(adviceOn({ ...tooLarge, files: files.slice(0, 1) }).at(-1)).toContain('holds 4.00 MB: keep');
  });

  test('a name in an image is no line of its own, and no command', () => {
    const path = '/a\n::warning::b\u001b[31m';
    const files = [{ path, bytes: 3e6, layer: 1, isProgram: false, isHidden: false }];
    const tooLarge = { image: image(['app', 9e6], ['app', 4e6]), kind: 'unpacked', overBytes: 1e6 } as const;
    expect(adviceOn({ ...tooLarge, files }).at(-1)).toContain(
      ', /a\\x0a::warning::b\\x1b[31m (3.00 MB unpacked)',
    );
    const breakdown = { goVersion: 'go1.26.8', isTrimmed: false, packages: [], modules: [] };
    const unattributed = [{ what: 'symbol table', bytes: 1e6 }];
    const programs = [{ path, bytes: 9e6, breakdown: { ...breakdown, unattributed } }];
    const [stripped, trimmed] = adviceOn({ ...tooLarge, programs });
    expect(stripped).toContain('1.00 MB of /a\\x0a::warning::b\\x1b[31m, unpacked');
    expect(trimmed).toContain('named: /a\\x0a::warning::b\\x1b[31m. ');
  });

  test('a file that a RUN chown stored a second time is recognised by its size', () => {
    expect(advice(image(['app', 9_000_000], ['app', 9_000_512]))[0]).toBe(
      'Two layers of the app are of the same size, 9.00 MB: a RUN chown or RUN chmod stores its file a second time; COPY --chown and COPY --chmod do not.',
    );
    expect(advice(image(['app', 9_000_000], ['app', 9_000_512])).join()).not.toContain('assets');
    expect(advice(image(['app', 9_000_000], ['app', 8_900_000])).join()).not.toContain('chown');
  });
});

describe('biggestLayers', () => {
  test('sorts by the kind of size', () => {
    const layers = image(['base', 3e6, 2e6], ['app', 4e6, 1e6]);
    expect(biggestLayers(layers, 'unpacked').map(({ origin, bytes }) => [origin, bytes])).toEqual([
      ['app', 4e6],
      ['base', 3e6],
    ]);
    expect(biggestLayers(layers, 'compressed').map(({ origin, bytes }) => [origin, bytes])).toEqual([
      ['base', 2e6],
      ['app', 1e6],
    ]);
  });
});
