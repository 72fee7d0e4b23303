import type { SourceLocation } from '../../../errors';
import { refusal } from '../refusal';
import type { HostGo } from './host-go';

/** Where and with what a `go build` of a stage is run. */
export interface BuildPlace {
  readonly host: Omit<HostGo, 'programs'>;
  /** The platform of the stage: what GOOS and GOARCH are where it sets none. */
  readonly platform: string;
  /** The go.work that the stage sees, as a path of this machine; undefined: none. */
  readonly workFile?: string;
  /** A folder for temporary files, on this machine. */
  readonly temporary: string;
  /** A netrc file that the build was given. */
  readonly netrc?: string;
}

/** Folders and files of the image, which are elsewhere on this machine. */
const PLACES = new Set([
  'GOPATH',
  'GOMODCACHE',
  'GOCACHE',
  'GOBIN',
  'GOROOT',
  'GOTMPDIR',
  'GOENV',
  'GOLANG_VERSION',
]);

/** Names that Go itself reads, and the C compilers that it would start. */
const GO_VARIABLE = /^(GO(?!OGLE)|CGO_)|^(AR|CC|CXX|FC|GCCGO|PKG_CONFIG)$/;

/**
 * The environment of a `go build`: what Go reads comes from the stage, how modules are fetched and kept from this machine, and what else
 * this machine has set has no say in it.
 *
 * @param stage Variables of the stage, with those that its script has exported.
 * @param machine The environment of this process.
 * @throws GoDockerError with the place of the RUN for a build with cgo.
 */
export function buildEnvironment(
  stage: ReadonlyMap<string, string>,
  machine: NodeJS.ProcessEnv,
  place: BuildPlace,
  location: SourceLocation,
): NodeJS.ProcessEnv {
  assertNoCgo(stage, location);
  const own = Object.entries(machine).filter(([name]) => !GO_VARIABLE.test(name));
  const said = [...stage].filter(([name]) => GO_VARIABLE.test(name) && !PLACES.has(name));
  return {
    ...Object.fromEntries(own),
    ...place.host.settings,
    ...Object.fromEntries(said),
    ...target(stage, place.platform),
    ...privateModules(stage, place.host.settings),
    GOENV: 'off',
    GOFLAGS: flagsOf(stage, location),
    GOWORK: place.workFile ?? 'off',
    // Newer than the stage's Go only where the stage itself lets go.mod ask for it; its image does not.
    GOTOOLCHAIN: /^(auto|path|.*\+(auto|path))$/.test(stage.get('GOTOOLCHAIN') ?? 'auto') ? 'auto' : 'local',
    GOTMPDIR: place.temporary,
    ...(place.netrc !== undefined && { NETRC: place.netrc }),
  };
}

/**
 * What is private here is so too where the stage has other private modules. Go itself tells GONOPROXY and GONOSUMDB as what GOPRIVATE is
 * where nobody has set them; handed on, they would stand against the stage's GOPRIVATE.
 * (https://go.dev/ref/mod#private-module-privacy)
 */
function privateModules(
  stage: ReadonlyMap<string, string>,
  { GOPRIVATE: own, ...settings }: HostGo['settings'],
): Record<string, string | undefined> {
  const joined = (...lists: (string | undefined)[]) => lists.filter(Boolean).join(',') || undefined;
  const said = stage.get('GOPRIVATE');
  const exceptions = ['GONOPROXY', 'GONOSUMDB'].map((name) => {
    const [here, there] = [settings[name], stage.get(name)];
    return [name, here === own ? there : joined(here, there || said)];
  });
  return { GOPRIVATE: joined(own, said), ...Object.fromEntries(exceptions) };
}

function assertNoCgo(stage: ReadonlyMap<string, string>, location: SourceLocation): void {
  if (stage.get('CGO_ENABLED') === '0') return;
  throw refusal(
    'compiles without cgo: the C compiler and the C library of the image are not on this machine',
    location,
    'set CGO_ENABLED=0 where the program needs no C code',
  );
}

/** Go takes an empty variable for none, and then its own machine for the target. */
function target(stage: ReadonlyMap<string, string>, platform: string): Record<string, string> {
  const [os = '', architecture = '', variant] = platform.split('/');
  const [goos, goarch] = [stage.get('GOOS') || os, stage.get('GOARCH') || architecture];
  const level = variant?.replace(/^v/, '');
  const isArm = goarch === 'arm' && architecture === 'arm' && !stage.get('GOARM') && level !== undefined;
  return { GOOS: goos, GOARCH: goarch, ...(isArm && { GOARM: level }) };
}

function flagsOf(stage: ReadonlyMap<string, string>, location: SourceLocation): string {
  const flags = stage.get('GOFLAGS') ?? '';
  const unknown = flags
    .split(/\s+/)
    .find(
      (flag) =>
        flag !== '' && !/^--?(v|x|a|trimpath|tags|mod|modcacherw|buildvcs|ldflags|gcflags|p)(=|$)/.test(flag),
    );
  if (unknown !== undefined) throw refusal(`does not run Go with GOFLAGS=${flags}`, location);
  return flags;
}
