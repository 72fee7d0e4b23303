import type { Exceptions } from './exceptions';
import { findings, table } from './findings';
import type { Observation } from './oracle';

/** Expects that nothing which reaches an image goes unseen, and that exactly the listed classes are seen too often. */
export function expectToHold(observations: readonly Observation[], exceptions: Exceptions): void {
  const expected = {
    hash: { holes: [], imprecise: [...new Set(exceptions.hash)].sort() },
    affected: {
      holes: [...(exceptions.unseen ?? [])].sort(),
      imprecise: [...new Set(exceptions.affected)].sort(),
    },
  };
  const seen = { hash: findings(observations, 'hash'), affected: findings(observations, 'affected') };
  try {
    expect(seen).toEqual(expected);
  } catch (error) {
    process.stderr.write(`${table(observations)}\n`);
    throw error;
  }
}
