import type { AppImage } from '../apps/app-image';
import type { BlockOptions } from '../dockerfile/block-keys';
import { newDockerfile } from '../dockerfile/new-dockerfile';
import { isOurs, managedBlocks } from '../managed-block/managed-block';
import type { OwnRunner } from './own-runner';

/**
 * Notes on the lines of an app's Dockerfile that no generated one has: its variants do without them. None where there are no such lines.
 *
 * @param options What the blocks of the Dockerfile are made from.
 */
export function ownLines(
  image: AppImage,
  text: string,
  options: BlockOptions,
  own: OwnRunner,
): readonly string[] {
  const { dockerfile } = image;
  if (!isOurs(text)) {
    return [
      `${dockerfile} is not one of go-docker's: what is compared is what setup would write for the app`,
    ];
  }
  if (!own.runner) {
    const base = own.from ?? 'a base that only the build knows';
    return [`the runner of ${dockerfile} stands on ${base}, and its own lines are not in what is compared`];
  }
  const blocks = managedBlocks(text, dockerfile).map(({ name }) => name);
  const generated = newDockerfile(
    image,
    {
      ...own,
      runner: own.runner,
      stages: (['test', 'debug'] as const).filter((stage) => blocks.includes(stage)),
      dev: blocks.includes('dev'),
    },
    { options, from: own.from },
  );
  const expected = new Set(freeLines(generated, dockerfile).map(({ line }) => line));
  const numbers = freeLines(text, dockerfile)
    .filter(({ line }) => !expected.has(line))
    .map(({ number }) => number);
  if (numbers.length === 0) return [];
  const lines = numbers.length === 1 ? 'a line' : 'lines';
  return [`${dockerfile} has ${lines} of its own, which nothing here has: ${ranges(numbers)}`];
}

/** The lines outside of managed blocks that say something. */
function freeLines(text: string, file: string): readonly { number: number; line: string }[] {
  const blocks = managedBlocks(text, file);
  const isManaged = (number: number): boolean =>
    blocks.some((block) => number >= block.line && number < block.line + block.lines.length);
  return text
    .split('\n')
    .map((line, index) => ({ number: index + 1, line: line.trim() }))
    .filter(({ number, line }) => line !== '' && !line.startsWith('#') && !isManaged(number));
}

/** `3, 7–9`. */
function ranges(numbers: readonly number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run && run[1] === number - 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(', ');
}
