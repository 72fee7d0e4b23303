import { NX_VERSION } from '../workspace/template';
import { judge, type ExcuseName } from './exceptions';
import { table, takenWrongly } from './findings';
import type { Observation } from './observe';

/**
 * Expects that nothing which reaches an image goes unseen, that nothing else is seen but for what is excused, and that every excuse is
 * needed.
 */
export function expectToHold(
  observations: readonly Observation[],
  excuses: readonly ExcuseName[],
  nxVersion = NX_VERSION,
): void {
  expect(expectPrecise(observations, excuses, nxVersion)).toEqual([]);
}

/** Expects that nothing which reaches an image goes unseen, and that nothing else is seen but for what is excused; gives unused excuses. */
export function expectPrecise(
  observations: readonly Observation[],
  excuses: readonly ExcuseName[],
  nxVersion: string,
): readonly string[] {
  const { unused, ...sides } = judge(observations, nxVersion, excuses);
  try {
    expect(sides).toEqual({
      hash: { holes: [], imprecise: [] },
      affected: { holes: [], imprecise: [] },
    });
  } catch (error) {
    const taken = (['hash', 'affected'] as const).flatMap((side) =>
      takenWrongly(observations, side, sides[side].imprecise),
    );
    process.stderr.write(`${[table(observations), ...taken].join('\n')}\n`);
    throw error;
  }
  return unused;
}

/** Excuses that none of several workspaces needs, each with its unused ones. */
export function unusedInAll(lists: readonly (readonly string[])[]): string[] {
  const [first = [], ...others] = lists;
  return first.filter((each) => others.every((list) => list.includes(each)));
}
