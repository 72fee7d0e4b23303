import { availableParallelism } from 'node:os';
import type { Companion, Engine } from './engine';
import { Gathering, type Seat } from './gathering';

/**
 * {@link Engine.together} for images that do one part of their work together: the engines of a few that are at work at a time.
 *
 * @param build Builds one image, and asks by its seat for what is done together.
 * @param answer See {@link Gathering}.
 */
export function atOneTable<Question, Answer>(
  count: number,
  build: (seat: Seat<Question, Answer>, ...image: Parameters<Engine['build']>) => ReturnType<Engine['build']>,
  answer: (questions: readonly Question[]) => Promise<readonly Answer[]>,
): readonly Companion[] {
  // One of them waits for the disk, mostly.
  const gathering = new Gathering<Question, Answer>(availableParallelism() + 1, answer);
  const seats = Array.from({ length: count }, () => gathering.seat());
  return seats.map((seat) => ({
    build: async (...image) => {
      await seat.begin();
      return build(seat, ...image);
    },
    leave: seat.leave,
  }));
}
