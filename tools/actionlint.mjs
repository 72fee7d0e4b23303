// Prints the path of a pinned actionlint, the linter of GitHub's workflows that the tests hold ours against: `node tools/actionlint.mjs`. Go builds
// it on first use.
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureGo } from './go.mjs';
import { cacheDirectory } from './machine/cache.mjs';
import { capture } from './machine/run.mjs';

const VERSION = 'v1.7.12';

/** The path of the program; throws an Error where it is neither there nor can be built. */
export function ensureActionlint() {
  const cache = cacheDirectory('actionlint');
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = join(cache, `actionlint-${VERSION}${suffix}`);
  if (existsSync(program)) return program;
  ensureGo();
  const work = mkdtempSync(join(cache, 'build-'));
  try {
    capture('go', ['install', `github.com/rhysd/actionlint/cmd/actionlint@${VERSION}`], {
      cwd: work,
      env: { ...process.env, GOBIN: work, GOFLAGS: '', GOTOOLCHAIN: 'auto', CGO_ENABLED: '0' },
    });
    renameSync(join(work, `actionlint${suffix}`), program);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return program;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(ensureActionlint());
