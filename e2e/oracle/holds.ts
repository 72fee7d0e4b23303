import { unexcused } from './exceptions';
import { findings, table } from './findings';
import type { Observation } from './oracle';

/** Expects that nothing which reaches an image goes unseen, and that nothing else is seen but for what Nx forces. */
export function expectToHold(observations: readonly Observation[], nxVersion: string): void {
  const seen = (side: 'hash' | 'affected') => {
    const { holes, imprecise } = findings(observations, side);
    return { holes, imprecise: unexcused(imprecise, side, nxVersion) };
  };
  try {
    expect({ hash: seen('hash'), affected: seen('affected') }).toEqual({
      hash: { holes: [], imprecise: [] },
      affected: { holes: [], imprecise: [] },
    });
  } catch (error) {
    process.stderr.write(`${table(observations)}\n`);
    throw error;
  }
}
