// Programs in Go that the tests ask, of a pinned release.
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureGo } from './go.mjs';
import { cacheDirectory } from './machine/cache.mjs';
import { capture } from './machine/run.mjs';

/**
 * The path of a program; Go builds it on first use.
 *
 * @param {string} packagePath of its main package; the last part is the program's name
 * @param {string} version such as `v0.22.1`
 * @throws Error where it is neither there nor can be built
 */
export function ensureGoProgram(packagePath, version) {
  const name = packagePath.slice(packagePath.lastIndexOf('/') + 1);
  const cache = cacheDirectory(name);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = join(cache, `${name}-${version}${suffix}`);
  if (existsSync(program)) return program;
  ensureGo();
  const work = mkdtempSync(join(cache, 'build-'));
  try {
    capture('go', ['install', `${packagePath}@${version}`], {
      cwd: work,
      env: { ...process.env, GOBIN: work, GOFLAGS: '', GOTOOLCHAIN: 'auto', CGO_ENABLED: '0' },
    });
    renameSync(join(work, `${name}${suffix}`), program);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return program;
}
