import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProgramNotFound, runProgram } from '../../program';
import { GoDockerError } from '../../../errors';
import { once } from '../../../once';
import { isAtLeast } from '../../../apps/go-version';
import type { GoRelease } from './go-release';

/** The Go of this machine, and what it is set up with. */
export interface HostGo {
  /** As it says itself: `go1.26.8`. */
  readonly version: string;
  /** Where modules are fetched from and kept: the user's own matter, which go.sum makes harmless. */
  readonly settings: Readonly<Record<string, string>>;
  /** The go programs of releases, as far as they were asked for. */
  readonly programs: Map<string, Promise<string>>;
}

/** Asks what this machine has when it is first called. It throws a GoDockerError where there is no Go. */
export function hostGoOnce(signal: AbortSignal): () => Promise<HostGo> {
  return once(() => findHostGo(signal).then((host) => host ?? Promise.reject(noGo())));
}

function noGo(): GoDockerError {
  return new GoDockerError('there is no go program on the PATH, which the engine "native" compiles with', {
    advice:
      'install Go (https://go.dev/dl/), or add the folder that it is in to the PATH; or --engine=docker',
  });
}

/** What a machine decides about Go; everything else is the Dockerfile's. */
const SETTINGS = [
  ...['GOPROXY', 'GOPRIVATE', 'GONOPROXY', 'GONOSUMDB', 'GOSUMDB', 'GOINSECURE', 'GOVCS', 'GOAUTH'],
  ...['GOMODCACHE', 'GOCACHE', 'GOCACHEPROG'],
];

/** @returns undefined where there is no go program on the PATH. */
export async function findHostGo(signal: AbortSignal): Promise<HostGo | undefined> {
  try {
    const env = { ...process.env, GOTOOLCHAIN: 'local', GOWORK: 'off' };
    const args = ['env', '-json', 'GOVERSION', ...SETTINGS];
    const { exitCode, stdout, stderr } = await runProgram('go', args, { signal, cwd: tmpdir(), env });
    if (exitCode !== 0)
      throw new GoDockerError('the go program on the PATH does not work', { output: stderr });
    const { GOVERSION = '', ...settings } = JSON.parse(stdout) as Record<string, string>;
    return { version: GOVERSION, settings, programs: new Map() };
  } catch (error) {
    if (error instanceof ProgramNotFound) return undefined;
    throw error;
  }
}

/** Go before this release knows no GOTOOLCHAIN. (https://go.dev/doc/toolchain) */
const FIRST_WITH_TOOLCHAINS = '1.21';

/**
 * The go program of a release: this machine's own, or one that it keeps or fetches as a toolchain. It is found by its place, because
 * without modules Go passes over GOTOOLCHAIN.
 *
 * @throws GoDockerError where the release is neither here nor to be had.
 */
export function goProgram(release: GoRelease, host: HostGo, signal: AbortSignal): Promise<string> {
  const known = host.programs.get(release.version) ?? findProgram(release, host, signal);
  host.programs.set(release.version, known);
  return known;
}

async function findProgram(release: GoRelease, host: HostGo, signal: AbortSignal): Promise<string> {
  const name = `go${release.version}`;
  if (host.version === name) return 'go';
  const own = host.version.replace(/^go/, '').replace(/[ -].*$/, '');
  if (!isAtLeast(own, FIRST_WITH_TOOLCHAINS)) {
    const advice = `install Go ${FIRST_WITH_TOOLCHAINS} or newer (https://go.dev/dl/), which fetches other releases by itself`;
    throw notHere(release, host, '', advice);
  }
  const env = {
    ...process.env,
    ...host.settings,
    GO111MODULE: 'on',
    GOWORK: 'off',
    GOFLAGS: '',
    GOTOOLCHAIN: name,
  };
  const { exitCode, stdout, stderr } = await runProgram('go', ['env', 'GOROOT'], {
    signal,
    cwd: tmpdir(),
    env,
  });
  if (exitCode === 0) return join(stdout.trim(), 'bin', 'go');
  const advice = `install Go ${release.version} (https://go.dev/dl/), or let this machine reach the module proxy of GOPROXY`;
  throw notHere(release, host, stderr, advice);
}

function notHere(release: GoRelease, host: HostGo, output: string, advice: string): GoDockerError {
  const what = `the program is compiled with Go ${release.version}, as in ${release.image}, and this machine has ${host.version}`;
  return new GoDockerError(what, { output, advice: `${advice}; or --engine=docker` });
}
