// Reads damaged Go programs, many more than a usual test run.
//
//   npm run fuzz:binary [-- <programs> [<seed>]]
import { runSpec } from './test/run-spec.mjs';

const [programs = '100000', seed] = process.argv.slice(2);

runSpec('go-binary', 'spec/fuzz/programs', { FUZZ_PROGRAMS: programs, FUZZ_SEED: seed });
