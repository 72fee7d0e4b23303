// Finds Go, or installs it on Debian as root: `node tools/go.mjs` prints the version that is there afterwards.
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canInstall, installPackages } from './machine/debian.mjs';
import { fetchesToolchains, parseGoVersion, releaseFor, requestedVersion } from './machine/go-version.mjs';
import { capture } from './machine/run.mjs';

/** Makes sure that a Go is there which can fetch the toolchain a workspace asks for; returns its version. */
export function ensureGo() {
  const version = installedVersion();
  if (version && fetchesToolchains(version)) return version;
  if (!canInstall()) {
    const found = version ? `Go ${version} is too old` : 'Go is missing';
    throw new Error(`${found}. ${HOW_TO_GET_GO}`);
  }
  installPackages(['golang-go']);
  const installed = installedVersion();
  if (installed && fetchesToolchains(installed)) return installed;
  throw new Error(`Go ${installed ?? 'of Debian trixie'} is not usable. Is another "go" first on the PATH?`);
}

/** The folder of the toolchain that serves `golang:<tag>`, fetched by Go itself where it is another than the host's. */
export function goRoot(tag) {
  const host = ensureGo();
  const release = releaseFor(tag, host);
  const GOTOOLCHAIN = release === host ? 'local' : `go${release}`;
  return capture('go', ['env', 'GOROOT'], { cwd: '/', env: { ...process.env, GOTOOLCHAIN } }).trim();
}

/** The Go release that the repository's examples and tests are written for. */
export function examplesGoVersion() {
  const goWork = join(dirname(fileURLToPath(import.meta.url)), '../examples/shop/go.work');
  return requestedVersion(readFileSync(goWork, 'utf8'));
}

const HOW_TO_GET_GO =
  'Install Go 1.21 or newer and put it on the PATH: https://go.dev/doc/install ' +
  '(on Debian as root this script does it by itself).';

function installedVersion() {
  try {
    // The version of the Go on the PATH itself, not of a toolchain it would fetch for the folder we are in.
    return parseGoVersion(
      capture('go', ['version'], { cwd: '/', env: { ...process.env, GOTOOLCHAIN: 'local' } }),
    );
  } catch {
    return undefined;
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    console.log(`Go ${ensureGo()}`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
