import type { ImageJson, ImageLayer, PlatformImage } from '../images/image-json';
import { isBreach, judgeImage } from '../budgets/judge';
import type { Limits } from '../budgets/limits';
import { readBudgets } from '../budgets/read-budgets';
import { limitsOf } from '../budgets/select-limits';
import { breachReport } from './breach-report';

function layer(
  digit: string,
  origin: ImageLayer['origin'],
  unpackedBytes: number,
  compressedBytes: number,
): ImageLayer {
  return {
    diffId: `sha256:${digit.repeat(64)}`,
    digest: `sha256:${digit.repeat(64)}`,
    origin,
    unpackedBytes,
    compressedBytes,
  };
}

/** 2.14 MB of base and 5.55 MB of app: 7.69 MB unpacked, 2.90 MB compressed. */
function platformImage(platform: string, appBytes = 5_550_000): PlatformImage {
  return {
    platform,
    digest: `sha256:${'f'.repeat(64)}`,
    unpackedBytes: 2_140_000 + appBytes,
    compressedBytes: 2_900_000,
    layers: [layer('b', 'base', 2_140_000, 800_000), layer('a', 'app', appBytes, 2_100_000)],
  };
}

const api: ImageJson = { project: 'api', images: [platformImage('linux/amd64')] };

const commandLine: Limits = {
  unpacked: { kind: 'unpacked', bytes: 4_000_000, text: '4 MB', source: { from: 'command line' } },
};

function report(image: ImageJson, limits: Limits): string {
  return breachReport(image, judgeImage(image, limits).filter(isBreach));
}

/** The limits of `api` that a budget file of these lines gives. */
function fromFile(...lines: string[]): Limits {
  return limitsOf(readBudgets(lines.join('\n'), 'image-budgets.json'), { name: 'api', tags: ['go'] });
}

describe('breachReport', () => {
  test('says by how much, which limit, what the image is made of, what would help, and how to allow more', () => {
    // 3.69 of 4 is 92.25 %, 5.55 of 7.69 is 72.2 %.
    expect(report(api, commandLine)).toBe(
      [
        'api for linux/amd64 is 3.69 MB (92%) over its budget: 7.69 MB unpacked, the limit is 4 MB',
        '  unpacked: the layers as tar archives: what the image takes on the disk of a node',
        '  limit: 4 MB, --budget on the command line',
        '',
        '  The layers, biggest first:',
        '     5.55 MB   72%  app   sha256:aaaaaaaaaaaa',
        '     2.14 MB   28%  base  sha256:bbbbbbbbbbbb',
        '',
        '  What would help:',
        '  - The base is 2.14 MB of the image: FROM scratch in the runner stage would save it, less the certificates and zones that the app needs.',
        '  - The app\'s largest layer, 5.55 MB, is most likely the binary: -ldflags="-s -w" takes about a third off one that is built without. A generated builder stage has these flags; see whether yours does.',
        '',
        "  To allow more on purpose: pass --budget='7.7 MB'",
      ].join('\n'),
    );
  });

  test('names the line of the limit, and that line is what to change for a budget of its own', () => {
    const text = report(api, fromFile('{ "projects": {', '  "api": {', '    "unpacked": "7 MB"', '} } }'));
    expect(text).toContain('api for linux/amd64 is 690 kB (9.9%) over its budget');
    expect(text).toContain('  limit: 7 MB, image-budgets.json:3, "api"\n');
    expect(text).toContain('To allow more on purpose: write "7.7 MB" for unpacked in image-budgets.json:3');
  });

  test('does not propose to raise a limit for everybody because of one project', () => {
    const text = report(api, fromFile('{ "projects": {', '  "tag:go": { "compressed": "2 MB" }', '} }'));
    expect(text).toContain('  limit: 2 MB, image-budgets.json:2, "tag:go"\n');
    expect(text).toContain(
      'To allow more on purpose: add "api": { "compressed": "2.9 MB" } to "projects" in image-budgets.json, which goes before "tag:go"',
    );
  });

  test('says what compressed means, and shows the layers compressed', () => {
    const text = report(api, fromFile('{ "default": { "compressed": "2 MB" } }'));
    expect(text).toContain('  compressed: the layers as a registry stores them: what a node pulls\n');
    expect(text).toContain('     2.10 MB   72%  app   sha256:aaaaaaaaaaaa\n');
  });

  test('has a section for each kind of size', () => {
    const text = report(api, fromFile('{ "default": { "unpacked": "5 MB", "compressed": "2 MB" } }'));
    expect(text.match(/^api for .*$/gm)).toEqual([
      'api for linux/amd64 is 2.69 MB (54%) over its budget: 7.69 MB unpacked, the limit is 5 MB',
      'api for linux/amd64 is 900 kB (45%) over its budget: 2.90 MB compressed, the limit is 2 MB',
    ]);
  });

  test('names every platform that is over, and shows the layers of the one that is most', () => {
    const images = [
      platformImage('linux/amd64'),
      platformImage('linux/arm64', 6_100_000),
      platformImage('linux/s390x', 1_000_000),
    ];
    const text = report({ project: 'api', images }, commandLine);
    expect(text.match(/^api for .*$/gm)).toEqual([
      'api for linux/amd64 is 3.69 MB (92%) over its budget: 7.69 MB unpacked, the limit is 4 MB',
      'api for linux/arm64 is 4.24 MB (106%) over its budget: 8.24 MB unpacked, the limit is 4 MB',
    ]);
    expect(text).toContain('  The layers for linux/arm64, biggest first:\n     6.10 MB');
    expect(text).toContain("pass --budget='8.3 MB'");
  });

  test('shows the five biggest layers and counts the others', () => {
    const layers = ['1', '2', '3', '4', '5', '6', '7'].map((digit) =>
      layer(digit, 'app', Number(digit) * 1e6, 1e6),
    );
    const image = { ...platformImage('linux/amd64'), unpackedBytes: 28_000_000, layers };
    const text = report({ project: 'api', images: [image] }, commandLine);
    expect(text.match(/sha256:\d/g)).toEqual(['sha256:7', 'sha256:6', 'sha256:5', 'sha256:4', 'sha256:3']);
    expect(text).toContain('    and 2 smaller\n');
  });

  test('a single byte too much is shown as that', () => {
    const limit = { ...commandLine.unpacked, kind: 'unpacked', bytes: 7_689_999, text: '7689999 B' } as const;
    expect(report(api, { unpacked: { ...limit, source: { from: 'command line' } } })).toContain(
      'api for linux/amd64 is 1 B (less than 0.1%) over its budget: 7.69 MB unpacked, the limit is 7689999 B',
    );
  });
});
