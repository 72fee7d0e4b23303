import type { FileSystem } from '../files/file-system';
import { childPath, type WorkspacePath } from '../files/workspace-path';
import type { GoModule, GoWorkspace } from '../modules/go-workspace';
import type { ModuleVersion } from '../modules/module-files';
import { compareVersions } from '../modules/version';
import type { LocalModules } from './local-modules';

/**
 * `needed`, with every other module of go.work that has a say in which external modules the needed ones link.
 *
 * Go links the newest version of a module that any go.mod in go.work asks for, itself or through what it requires, and obeys the
 * `replace` and `exclude` lines of all of them. What a go.mod reaches is not in the workspace, but the checksum files tell of it.
 *
 * @param withRequirements Adds the local modules that the given ones require.
 */
export function versionDonors(
  workspace: GoWorkspace,
  modules: LocalModules,
  needed: ReadonlySet<WorkspacePath>,
  withRequirements: (dirs: Iterable<WorkspacePath>) => ReadonlySet<WorkspacePath>,
): ReadonlySet<WorkspacePath> {
  const assembly = assemblyOf(workspace, modules);
  const kept = new Set(needed);
  for (let donors = nextDonors(assembly, kept); donors.length > 0; donors = nextDonors(assembly, kept)) {
    for (const dir of withRequirements(donors)) kept.add(dir);
  }
  return kept;
}

function nextDonors(assembly: Assembly, kept: ReadonlySet<WorkspacePath>): WorkspacePath[] {
  const speaking = assembly.voices.filter(({ dir }) => kept.has(dir));
  const linked = linkedVersions(speaking);
  for (const [path, version] of linked) {
    const donor = donorOf(assembly, kept, { path, version });
    if (donor !== undefined) return [donor];
  }
  if (!assembly.linkedByWorkspace.some((each) => isNewer(each.version, linked.get(each.path)))) return [];
  // The workspace links a newer version, and no file says for whose sake: whoever brings in something else may be the reason.
  const said = new Set(speaking.flatMap(({ required }) => required.map(wordOf)));
  const silent = assembly.voices.filter(({ dir }) => !kept.has(dir));
  return silent
    .filter(({ required }) => required.some((each) => !said.has(wordOf(each))))
    .map(({ dir }) => dir);
}

function wordOf({ path, version }: ModuleVersion): string {
  return `${path} ${version}`;
}

/** A module outside of `kept` because of which the workspace links something else than `linked`. */
function donorOf(
  { newestRequired, reached, changed }: Assembly,
  kept: ReadonlySet<WorkspacePath>,
  linked: ModuleVersion,
): WorkspacePath | undefined {
  // Of those that ask for a newer version the one that asks for the newest will do.
  const required = newestRequired.get(linked.path);
  if (required && isNewer(required.version, linked.version)) return required.dir;
  for (const { dir, version } of reached.get(linked.path) ?? []) {
    if (!isNewer(version, linked.version)) break;
    if (!kept.has(dir)) return dir;
  }
  return changed.get(linked.path)?.find((dir) => !kept.has(dir));
}

export function isNewer(version: string, current: string | undefined): boolean {
  return current !== undefined && version !== current && compareVersions(version, current) > 0;
}

/** What one go.mod says about external modules. */
export interface Voice {
  readonly dir: WorkspacePath;
  /** What it asks for. */
  readonly required: readonly ModuleVersion[];
  /** What it reaches: the modules whose go.mod was read to select versions. */
  readonly reached: readonly ModuleVersion[];
  /** Modules that it replaces or of which it excludes versions. */
  readonly changed: readonly string[];
}

/** All that the files of a workspace say about external modules, by module path where that is what is asked for. */
export interface Assembly {
  readonly voices: readonly Voice[];
  readonly newestRequired: ReadonlyMap<string, Claim>;
  /** The newest first. */
  readonly reached: ReadonlyMap<string, readonly Claim[]>;
  readonly changed: ReadonlyMap<string, readonly WorkspacePath[]>;
  /** What go.work.sum has the content of: what the workspace links, and no go.sum of a module does. */
  readonly linkedByWorkspace: readonly ModuleVersion[];
}

/** A version, and the folder of the module that speaks of it. */
interface Claim {
  readonly dir: WorkspacePath;
  readonly version: string;
}

const assemblies = new WeakMap<LocalModules, Assembly>();

export function assemblyOf(workspace: GoWorkspace, modules: LocalModules): Assembly {
  const known = assemblies.get(modules);
  if (known) return known;
  // The go.work has the last word on what it replaces at all versions.
  const replaced = workspace.workFile?.replace.filter(({ version }) => version === undefined) ?? [];
  const settled = new Set([...modules.byPath.keys(), ...replaced.map(({ path }) => path)]);
  const isOpen = ({ path }: { readonly path: string }): boolean => !settled.has(path);
  const voices = modules.mainModules.map((module) => voiceOf(workspace.files, module, isOpen));
  const claims = (words: 'required' | 'reached'): Map<string, Claim[]> =>
    grouped(
      voices.flatMap((voice) => voice[words].map(({ path, version }) => [path, { dir: voice.dir, version }])),
    );
  const reached = claims('reached');
  for (const each of reached.values()) each.sort((a, b) => compareVersions(b.version, a.version));
  const assembly = {
    voices,
    newestRequired: new Map([...claims('required')].map(([path, all]) => [path, all.reduce(newerClaim)])),
    reached,
    changed: grouped(voices.flatMap(({ dir, changed }) => changed.map((path) => [path, dir]))),
    linkedByWorkspace: checksums(workspace.files, 'go.work.sum').filter(
      (each) => !each.goModOnly && isOpen(each),
    ),
  };
  assemblies.set(modules, assembly);
  return assembly;
}

function grouped<T>(pairs: readonly (readonly [key: string, value: T])[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const [key, value] of pairs) {
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}

function newerClaim(a: Claim, b: Claim): Claim {
  return isNewer(b.version, a.version) ? b : a;
}

function voiceOf(
  files: FileSystem,
  { dir, goMod }: GoModule,
  isOpen: (each: { readonly path: string }) => boolean,
): Voice {
  const sums = checksums(files, childPath(dir, 'go.sum')).filter(({ goModOnly }) => goModOnly);
  return {
    dir,
    required: goMod.require.filter(isOpen),
    reached: sums.filter(isOpen),
    changed: [...goMod.replace, ...goMod.exclude].filter(isOpen).map(({ path }) => path),
  };
}

interface Checksum extends ModuleVersion {
  /** A checksum of the module's go.mod alone, not of its content. */
  readonly goModOnly: boolean;
}

/** The lines of a checksum file (https://go.dev/ref/mod#go-sum-files); none where there is no file. */
function checksums(files: FileSystem, file: WorkspacePath): Checksum[] {
  const lines = (files.readFile(file) ?? '').matchAll(/^(\S+) (v[^\s/]+)(\/go\.mod)? /gm);
  return [...lines].map(([, path = '', version = '', goMod]) => ({
    path,
    version,
    goModOnly: goMod !== undefined,
  }));
}

/** What may be linked, and in which version. A tidy go.mod names all of it; before Go 1.17 only its go.sum does. */
export function linkedVersions(voices: readonly Voice[]): ReadonlyMap<string, string> {
  return new Map([
    ...newest(voices.flatMap(({ reached }) => reached)),
    ...newest(voices.flatMap(({ required }) => required)),
  ]);
}

function newest(versions: readonly ModuleVersion[]): Map<string, string> {
  const result = new Map<string, string>();
  for (const { path, version } of versions) {
    const known = result.get(path);
    if (known === undefined || isNewer(version, known)) result.set(path, version);
  }
  return result;
}
