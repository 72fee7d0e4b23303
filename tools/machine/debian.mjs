// What only Debian as root can do by itself: install packages from trixie.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAptSources, servesTrixie, trixieSource, TRIXIE_PREFERENCES } from './apt-source.mjs';
import { capture } from './run.mjs';

const SOURCE = '/etc/apt/sources.list.d/go-docker-trixie.sources';
const PREFERENCES = '/etc/apt/preferences.d/go-docker-trixie';
let sourceReady = false;

/** Whether this is Debian and we are root: then the tools may set the machine up by themselves. */
export function canInstall() {
  return process.platform === 'linux' && process.getuid() === 0 && osRelease().ID === 'debian';
}

/** Installs the packages that are missing, from trixie, without recommended extras. Prints one line when it does. */
export function installPackages(packages) {
  const missing = packages.filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  ensureTrixieSource();
  console.log(`Installing ${missing.join(', ')} from Debian trixie`);
  apt('install', '--yes', '--target-release', 'trixie', '--no-install-recommends', ...missing);
}

/** Makes apt know trixie, from the mirror that the machine is configured with, at low priority. */
export function ensureTrixieSource() {
  if (sourceReady) return;
  const source = trixieSource(configuredSources(), osRelease().VERSION_CODENAME);
  if (source) {
    console.log(`Adding Debian trixie to apt, at low priority (${SOURCE})`);
    writeFileSync(PREFERENCES, TRIXIE_PREFERENCES);
    writeFileSync(SOURCE, source);
  }
  apt('update');
  sourceReady = true;
}

/** The address of the mirror that serves trixie here. */
export function trixieMirror() {
  ensureTrixieSource();
  const source = servesTrixie(configuredSources(), osRelease().VERSION_CODENAME);
  if (!source) throw new Error('apt has no source for "trixie main".');
  return source.uri;
}

function configuredSources() {
  const directory = '/etc/apt/sources.list.d';
  const files = existsSync(directory) ? readdirSync(directory).map((name) => join(directory, name)) : [];
  return ['/etc/apt/sources.list', ...files.filter((file) => /\.(list|sources)$/.test(file)).sort()]
    .filter((file) => existsSync(file))
    .flatMap((file) => readAptSources(readFileSync(file, 'utf8')));
}

function isInstalled(name) {
  try {
    return capture('dpkg-query', ['--show', '--showformat=${db:Status-Abbrev}', name]).startsWith('ii');
  } catch {
    return false;
  }
}

/** Runs apt-get, which asks nothing. */
export function apt(...args) {
  // A machine that has just started may be upgrading itself.
  const wait = ['--option', 'DPkg::Lock::Timeout=300'];
  capture('apt-get', ['--quiet', ...wait, ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

function osRelease() {
  if (!existsSync('/etc/os-release')) return {};
  const lines = readFileSync('/etc/os-release', 'utf8').split('\n');
  return Object.fromEntries(
    lines
      .map((line) => /^(\w+)="?(.*?)"?$/.exec(line))
      .flatMap((match) => (match ? [[match[1], match[2]]] : [])),
  );
}
