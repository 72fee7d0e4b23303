// Reads damaged Go programs, many more than a usual test run.
//
//   npm run fuzz:binary [-- <programs> [<seed>]]
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [programs = '100000', seed] = process.argv.slice(2);

const jest = join(root, 'node_modules/jest/bin/jest.js');
const spec = ['--selectProjects', 'go-binary', '--testPathPatterns', 'spec/fuzz/programs'];
const env = { ...process.env, FUZZ_PROGRAMS: programs, ...(seed === undefined ? {} : { FUZZ_SEED: seed }) };
const { status } = spawnSync(process.execPath, [jest, ...spec], { cwd: root, env, stdio: 'inherit' });
process.exitCode = status ?? 1;
