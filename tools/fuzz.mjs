// Reads damaged Go files as Go reads them, many more than a usual test run.
//
//   npm run fuzz [-- <files> [<seed>]]
import { runSpec } from './test/run-spec.mjs';

const [files = '100000', seed] = process.argv.slice(2);

runSpec('go-workspace', 'spec/fuzz/go-files', { FUZZ_FILES: files, FUZZ_SEED: seed });
