import { NX_VERSION } from '../workspace/template';
import { judge, type ExcuseName } from './exceptions';
import { table } from './findings';
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
  try {
    expect(judge(observations, nxVersion, excuses)).toEqual({
      hash: { holes: [], imprecise: [] },
      affected: { holes: [], imprecise: [] },
      unused: [],
    });
  } catch (error) {
    process.stderr.write(`${table(observations)}\n`);
    throw error;
  }
}
