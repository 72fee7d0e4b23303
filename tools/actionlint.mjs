// Prints the path of a pinned actionlint, the linter of GitHub's workflows that the tests hold ours against: `node tools/actionlint.mjs`. Go builds
// it on first use.
import { pathToFileURL } from 'node:url';
import { ensureGoProgram } from './go-program.mjs';

/** The path of the program; throws an Error where it is neither there nor can be built. */
export function ensureActionlint() {
  return ensureGoProgram('github.com/rhysd/actionlint/cmd/actionlint', 'v1.7.12');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(ensureActionlint());
