// Prints the path of a pinned buildkitd, which tests start on loopback as a machine elsewhere would: `node tools/buildkit.mjs`. Go builds it on
// first use; Debian has the runc that it starts containers with.
import { pathToFileURL } from 'node:url';
import { ensureGoProgram } from './go-program.mjs';
import { canInstall, installPackages } from './machine/debian.mjs';
import { succeeds } from './machine/run.mjs';

/** The BuildKit of the engine that the tests compare with: releases word the history of an image differently. */
const VERSION = 'v0.13.2';

/** The path of the program; throws an Error where it is neither there nor can be built, or has no runc. */
export function ensureBuildkitd() {
  ensureRunc();
  return ensureGoProgram('github.com/moby/buildkit/cmd/buildkitd', VERSION);
}

function ensureRunc() {
  if (succeeds('runc', ['--version'])) return;
  if (!canInstall()) throw new Error('runc is missing: https://github.com/opencontainers/runc/releases');
  installPackages(['runc']);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(ensureBuildkitd());
