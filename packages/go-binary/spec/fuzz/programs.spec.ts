import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { GoBinaryError, programSizes } from '../../src';
import { type SampleProgram, sampleProgram } from '../sample-program';
import { applyDamage, damages } from './damage';
import { interestingPlaces } from './places';

/** `npm run fuzz:binary` reads more programs than a usual test run. */
const PROGRAMS = Number(process.env.FUZZ_PROGRAMS ?? 1_200);
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);
/** A whole one takes a hundredth of that. The process's own time: others may be at work on the machine. */
const LONGEST_MILLISECONDS = 2_000;
/** The program itself has less than 2 MB. */
const MOST_MEMORY_BYTES = 1 << 30;

describe('programs that were damaged', () => {
  let sample: SampleProgram;
  beforeAll(() => (sample = sampleProgram()));
  afterAll(() => sample.remove());

  it.each([
    ['of 64 bits, with its symbol table', 'amd64', []],
    ['of 64 bits, stripped', 'amd64', ['-ldflags=-s -w']],
    ['of 32 bits, with its symbol table', 'arm', []],
  ])(
    `%s are read to the last byte, or refused (seed ${SEED})`,
    async (_name, architecture, flags) => {
      const bytes = readFileSync(sample.build({ architecture, flags, main: './cmd/least' }));
      const places = await interestingPlaces(bytes);
      // Other specs have run in this process before.
      const memoryBefore = process.memoryUsage.rss();
      const counts = { programs: 0, read: 0, refused: 0, slowest: 0 };
      await fc.assert(
        fc.asyncProperty(damages(places), async (list) => {
          const undo = applyDamage(bytes, list);
          try {
            const before = process.cpuUsage();
            const outcome = await outcomeOf(bytes.subarray(0, undo.length));
            const { user, system } = process.cpuUsage(before);
            const milliseconds = Math.round((user + system) / 1_000);
            counts.slowest = Math.max(counts.slowest, milliseconds);
            counts.programs++;
            counts[outcome]++;
            expect(milliseconds).toBeLessThan(LONGEST_MILLISECONDS);
          } finally {
            undo.restore();
          }
        }),
        { numRuns: Math.ceil(PROGRAMS / 3), seed: SEED },
      );
      if (process.env.FUZZ_PROGRAMS !== undefined) console.log(`Seed ${SEED}: ${JSON.stringify(counts)}`);
      expect(process.memoryUsage.rss() - memoryBefore).toBeLessThan(MOST_MEMORY_BYTES);
      expect(counts.read).toBeGreaterThan(counts.programs / 20);
      expect(counts.refused).toBeGreaterThan(counts.programs / 20);
    },
    300_000 + PROGRAMS * 60,
  );
});

async function outcomeOf(bytes: Buffer): Promise<'read' | 'refused'> {
  try {
    const { packages, sections, unattributed } = await programSizes(bytes);
    const all = [...packages, ...sections, ...unattributed];
    expect(all.filter((one) => !Number.isInteger(one.bytes) || one.bytes < 0)).toEqual([]);
    expect(sum(sections)).toBe(bytes.length);
    expect(sum(packages) + sum(unattributed)).toBe(bytes.length);
    return 'read';
  } catch (error) {
    if (error instanceof GoBinaryError) return 'refused';
    throw error;
  }
}

function sum(sizes: readonly { readonly bytes: number }[]): number {
  return sizes.reduce((total, { bytes }) => total + bytes, 0);
}
