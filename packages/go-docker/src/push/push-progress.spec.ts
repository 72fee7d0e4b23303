import type { Layout } from '@go-docker/oci-image';
import { pushProgress } from './push-progress';

const digest = (sign: string) => `sha256:${sign.repeat(64)}` as const;
const descriptor = (sign: string, size: number) => ({ mediaType: '', digest: digest(sign), size });
const image = (config: string, layers: readonly string[]) => ({
  platform: '',
  manifest: descriptor('f', 1),
  configDescriptor: descriptor(config, 100_000),
  config: { os: 'linux', architecture: 'amd64', rootfs: { type: 'layers' as const, diff_ids: [] } },
  layers: layers.map((each) => descriptor(each, 4_000_000)),
});
/** Two images on one base: two configs and three layers. */
const LAYOUT: Layout = { directory: '', images: [image('a', ['1', '2']), image('b', ['1', '3'])] };

/** What is written for these moments of blobs. */
function written(
  isDrawn: boolean,
  moments: readonly (readonly [seconds: number, sign: string, bytes: number])[],
) {
  const texts: string[] = [];
  let time = 0;
  const progress = pushProgress(LAYOUT, {
    isDrawn,
    write: (text) => texts.push(text),
    now: () => time * 1000,
  });
  for (const [seconds, sign, bytes] of moments) {
    time = seconds;
    progress.onProgress({ digest: digest(sign), bytes, size: /\d/.test(sign) ? 4_000_000 : 100_000 });
  }
  progress.end();
  return texts;
}

describe('the progress of a push', () => {
  it('is one line on a terminal, of all blobs, each once, and gone at the end', () => {
    const moments = [
      [0, 'a', 100_000],
      [0.05, '1', 1_000_000],
      [0.2, '2', 500_000],
      [0.4, '1', 4_000_000],
    ] as const;
    expect(written(true, moments)).toEqual([
      '\r\x1b[KPushing 0.1 of 12.2 MB, 1 of 5 blobs',
      '\r\x1b[KPushing 1.6 of 12.2 MB, 1 of 5 blobs',
      '\r\x1b[KPushing 4.6 of 12.2 MB, 2 of 5 blobs',
      '\r\x1b[K',
    ]);
  });

  it('is lines elsewhere: of what is sent, and of that now and then', () => {
    const moments = [
      [0, 'a', 100_000],
      [0, '2', 4_000_000],
      [0, '1', 64_000],
      [5, '1', 1_000_000],
      [10, '1', 2_000_000],
      [12, '1', 3_000_000],
      [19, '1', 4_000_000],
    ] as const;
    expect(written(false, moments)).toEqual([
      'Sending 111111111111: 4.0 MB\n',
      'Sending 111111111111: 2.0 of 4.0 MB\n',
      'Sent 111111111111\n',
    ]);
  });
});
