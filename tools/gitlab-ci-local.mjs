// Prints the path of a pinned gitlab-ci-local, which reads pipelines as GitLab does and checks them against GitLab's own schema: the tests ask it
// about ours. npm installs it on first use, away from this repository: `node tools/gitlab-ci-local.mjs`.
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheDirectory } from './machine/cache.mjs';
import { capture } from './machine/run.mjs';

/** The newest one that starts on Node.js 20. */
const VERSION = '4.61.1';

/** The path of its script; throws an Error where it is neither there nor can be installed. */
export function ensureGitlabCiLocal() {
  const cache = cacheDirectory('gitlab-ci-local');
  const folder = join(cache, VERSION);
  if (!existsSync(folder)) {
    const work = mkdtempSync(join(cache, 'install-'));
    try {
      writeFileSync(join(work, 'package.json'), '{ "private": true }\n');
      const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
      capture(npm, ['install', '--no-audit', '--no-fund', '--ignore-scripts', `gitlab-ci-local@${VERSION}`], {
        cwd: work,
      });
      renameSync(work, folder);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }
  return join(folder, 'node_modules', 'gitlab-ci-local', 'src', 'index.js');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(ensureGitlabCiLocal());
