// Runs ESLint. The rule on module boundaries reads Nx's project graph from its cache, so that is made first.
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const run = (script, args, stdout) =>
  execFileSync(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    env: { ...process.env, NX_DAEMON: 'false' },
    stdio: ['ignore', stdout, 'inherit'],
  });

try {
  run('nx/dist/bin/nx.js', ['show', 'projects'], 'ignore');
  run('eslint/bin/eslint.js', ['.', ...process.argv.slice(2)], 'inherit');
} catch (error) {
  process.exitCode = error.status ?? 1;
}
