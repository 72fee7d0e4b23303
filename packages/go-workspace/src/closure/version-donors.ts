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
  const { voices, newestRequired, linkedByWorkspace } = assemblyOf(workspace, modules);
  const kept = new Set(needed);
  const next = (): readonly Voice[] => {
    const speaking = voices.filter(({ dir }) => kept.has(dir));
    const silent = voices.filter(({ dir }) => !kept.has(dir));
    const linked = linkedVersions(speaking);
    const donor = silent.find((voice) => hasSay(voice, linked, newestRequired));
    if (donor) return [donor];
    // The workspace links a newer version, and no file says for whose sake: whoever brings in something else may be the reason.
    return linkedByWorkspace.some((each) => raises(each, linked))
      ? silent.filter((voice) => bringsOther(voice, speaking))
      : [];
  };
  for (let donors = next(); donors.length > 0; donors = next()) {
    for (const dir of withRequirements(donors.map(({ dir }) => dir))) kept.add(dir);
  }
  return kept;
}

/** What one go.mod says about external modules. */
interface Voice {
  readonly dir: WorkspacePath;
  /** What it asks for. */
  readonly required: readonly ModuleVersion[];
  /** What it reaches: the modules whose go.mod was read to select versions. */
  readonly reached: readonly ModuleVersion[];
  /** Modules that it replaces or of which it excludes versions. */
  readonly changed: readonly string[];
}

/** All that the files of a workspace say about external modules. */
interface Assembly {
  readonly voices: readonly Voice[];
  readonly newestRequired: Versions;
  /** What go.work.sum has the content of: what the workspace links, and no go.sum of a module does. */
  readonly linkedByWorkspace: readonly ModuleVersion[];
}

/** The version of each module path. */
type Versions = ReadonlyMap<string, string>;

const assemblies = new WeakMap<LocalModules, Assembly>();

function assemblyOf(workspace: GoWorkspace, modules: LocalModules): Assembly {
  const known = assemblies.get(modules);
  if (known) return known;
  // The go.work has the last word on what it replaces at all versions.
  const replaced = workspace.workFile?.replace.filter(({ version }) => version === undefined) ?? [];
  const settled = new Set([...modules.byPath.keys(), ...replaced.map(({ path }) => path)]);
  const isOpen = ({ path }: { readonly path: string }): boolean => !settled.has(path);
  const voices = modules.mainModules.map((module) => voiceOf(workspace.files, module, isOpen));
  const assembly = {
    voices,
    newestRequired: newest(voices.flatMap(({ required }) => required)),
    linkedByWorkspace: checksums(workspace.files, 'go.work.sum').filter(
      (each) => !each.goModOnly && isOpen(each),
    ),
  };
  assemblies.set(modules, assembly);
  return assembly;
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
function linkedVersions(voices: readonly Voice[]): Versions {
  return new Map([
    ...newest(voices.flatMap(({ reached }) => reached)),
    ...newest(voices.flatMap(({ required }) => required)),
  ]);
}

function hasSay({ required, reached, changed }: Voice, linked: Versions, newestRequired: Versions): boolean {
  return (
    // Of those that ask for a newer version the one that asks for the newest will do.
    required.some((each) => raises(each, linked) && newestRequired.get(each.path) === each.version) ||
    reached.some((each) => raises(each, linked)) ||
    changed.some((path) => linked.has(path))
  );
}

function raises({ path, version }: ModuleVersion, linked: Versions): boolean {
  const current = linked.get(path);
  return current !== undefined && compareVersions(version, current) > 0;
}

function bringsOther({ required }: Voice, speaking: readonly Voice[]): boolean {
  const said = new Set(
    speaking.flatMap((voice) => voice.required.map(({ path, version }) => `${path} ${version}`)),
  );
  return required.some(({ path, version }) => !said.has(`${path} ${version}`));
}

function newest(versions: readonly ModuleVersion[]): Versions {
  const result = new Map<string, string>();
  for (const { path, version } of versions) {
    const known = result.get(path);
    if (known === undefined || compareVersions(version, known) > 0) result.set(path, version);
  }
  return result;
}
