// Prints the path of a registry with a referrers API, for tests on loopback: `node tools/referrers-registry.mjs`. Go builds it anew when its
// sources have changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureGo } from './go.mjs';
import { cacheDirectory } from './machine/cache.mjs';
import { capture } from './machine/run.mjs';

const sources = join(dirname(fileURLToPath(import.meta.url)), 'referrers-registry');

/** The path of the program, which takes the address to listen on; throws an Error where it cannot be built. */
export function ensureReferrersRegistry() {
  const hash = createHash('sha256');
  for (const name of ['go.mod', 'go.sum', 'main.go']) hash.update(readFileSync(join(sources, name)));
  const cache = cacheDirectory('referrers-registry');
  const program = join(cache, hash.digest('hex').slice(0, 16) + (process.platform === 'win32' ? '.exe' : ''));
  if (existsSync(program)) return program;
  ensureGo();
  const work = mkdtempSync(join(cache, 'build-'));
  try {
    const built = join(work, 'registry');
    capture('go', ['build', '-o', built, '.'], {
      cwd: sources,
      env: { ...process.env, GOWORK: 'off', GOFLAGS: '', GOTOOLCHAIN: 'auto', CGO_ENABLED: '0' },
    });
    renameSync(built, program);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return program;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(ensureReferrersRegistry());
}
