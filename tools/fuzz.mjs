// Reads damaged Go files as Go reads them, many more than a usual test run.
//
//   npm run fuzz [-- <files> [<seed>]]
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [files = '100000', seed] = process.argv.slice(2);

const jest = join(root, 'node_modules/jest/bin/jest.js');
const spec = ['--selectProjects', 'go-workspace', '--testPathPatterns', 'spec/fuzz/go-files'];
const env = { ...process.env, FUZZ_FILES: files, ...(seed === undefined ? {} : { FUZZ_SEED: seed }) };
const { status } = spawnSync(process.execPath, [jest, ...spec], { cwd: root, env, stdio: 'inherit' });
process.exitCode = status ?? 1;
