import { formatSize } from '../../budgets/sizes';
import type { Bytes } from '../../images/image-json';
import type { PastImage } from '../workspace-report';

const WIDTH = 100;
const HEIGHT = 24;

/**
 * The unpacked sizes that were committed, and what it is now, as a small drawing (SVG) with a text that says the same; a line of words where there
 * is nothing to draw.
 */
export function historyLine(history: readonly PastImage[], platform: string, now: Bytes): string {
  const past = history.flatMap(({ date, platforms }) =>
    platforms
      .filter((each) => each.platform === platform)
      .map(({ unpackedBytes }) => ({ day: date.slice(0, 10), bytes: unpackedBytes })),
  );
  const [first] = past;
  if (!first) return '<span class="none">none</span>';
  const points = [...past.map(({ bytes }) => bytes), now];
  const commits = past.length === 1 ? '1 commit' : `${past.length} commits`;
  const text = `${commits} since ${first.day}: ${formatSize(first.bytes)} then, ${formatSize(now)} now`;
  const places = placesOf(points);
  const [lastX, lastY] = places.at(-1) ?? [WIDTH, HEIGHT / 2];
  return [
    `<svg class="history" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${text}" preserveAspectRatio="none">`,
    `<title>${text}</title>`,
    `<polyline points="${places.map((place) => place.join(',')).join(' ')}"/>`,
    `<circle cx="${lastX}" cy="${lastY}" r="2"/></svg>`,
  ].join('');
}

/** From the left to the right, the largest at the top. What hardly changes is shown as hardly changing. */
function placesOf(points: readonly Bytes[]): readonly (readonly [x: number, y: number])[] {
  const largest = Math.max(...points);
  const smallest = Math.min(...points);
  const middle = (largest + smallest) / 2;
  const range = Math.max(largest - smallest, largest * 0.1, 1);
  return points.map((bytes, at) => [
    rounded(2 + (at / Math.max(1, points.length - 1)) * (WIDTH - 4)),
    rounded(HEIGHT / 2 - ((bytes - middle) / range) * (HEIGHT - 4)),
  ]);
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
