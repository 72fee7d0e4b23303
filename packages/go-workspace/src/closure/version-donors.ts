import type { FileSystem } from '../files/file-system';
import { childPath, type WorkspacePath } from '../files/workspace-path';
import type { GoModule } from '../modules/go-workspace';
import type { GoWork, ModuleVersion } from '../modules/module-files';
import { compareVersions } from '../modules/version';
import type { LocalModules } from './local-modules';

/**
 * `needed`, with every other module of the workspace that has a say in which external modules the needed ones link.
 *
 * Go links the newest version of a module that any go.mod in go.work asks for, itself or through what it requires, and obeys the
 * `replace` and `exclude` lines of all of them. The modules that a go.mod reaches are the lines `MODULE VERSION/go.mod` of its go.sum.
 *
 * @param withRequirements Adds the local modules that the given ones require.
 */
export function versionDonors(
  files: FileSystem,
  workFile: GoWork,
  modules: LocalModules,
  needed: ReadonlySet<WorkspacePath>,
  withRequirements: (dirs: Iterable<WorkspacePath>) => ReadonlySet<WorkspacePath>,
): ReadonlySet<WorkspacePath> {
  const voices = modules.mainModules.map((module) => voiceOf(files, workFile, modules, module));
  const kept = new Set(needed);
  for (let grown = true; grown;) {
    const linked = linkedVersions(voices.filter(({ dir }) => kept.has(dir)));
    const donors = voices
      .filter((voice) => !kept.has(voice.dir) && hasSay(voice, linked))
      .map(({ dir }) => dir);
    for (const dir of withRequirements(donors)) kept.add(dir);
    grown = donors.length > 0;
  }
  return kept;
}

/** What one go.mod says about external modules. */
interface Voice {
  readonly dir: WorkspacePath;
  /** The newest version it asks for. */
  readonly required: ReadonlyMap<string, string>;
  /** The newest version it reaches. */
  readonly reached: ReadonlyMap<string, string>;
  /** Modules that it replaces or of which it excludes versions. */
  readonly changed: readonly string[];
}

function voiceOf(
  files: FileSystem,
  workFile: GoWork,
  modules: LocalModules,
  { dir, goMod }: GoModule,
): Voice {
  // The go.work has the last word on what it replaces at all versions.
  const settled = new Set(
    workFile.replace.filter(({ version }) => version === undefined).map(({ path }) => path),
  );
  const isOpen = ({ path }: { readonly path: string }): boolean =>
    !modules.byPath.has(path) && !settled.has(path);
  return {
    dir,
    required: newest(goMod.require.filter(isOpen)),
    reached: newest(goModSums(files.readFile(childPath(dir, 'go.sum')) ?? '').filter(isOpen)),
    changed: [...goMod.replace, ...goMod.exclude].filter(isOpen).map(({ path }) => path),
  };
}

/** `MODULE VERSION/go.mod HASH` for every module whose go.mod was read to select versions (https://go.dev/ref/mod#go-sum-files). */
function goModSums(goSum: string): ModuleVersion[] {
  return [...goSum.matchAll(/^(\S+) (\S+)\/go\.mod /gm)].map(([, path = '', version = '']) => ({
    path,
    version,
  }));
}

/** What the voices together may link, and in which version. A go.mod that is tidy names all of it; before Go 1.17 only its go.sum does. */
function linkedVersions(voices: readonly Voice[]): ReadonlyMap<string, string> {
  const required = newest(voices.flatMap((voice) => entries(voice.required)));
  return new Map([...newest(voices.flatMap((voice) => entries(voice.reached))), ...required]);
}

function hasSay(voice: Voice, linked: ReadonlyMap<string, string>): boolean {
  const raises = ({ path, version }: ModuleVersion): boolean => {
    const current = linked.get(path);
    return current !== undefined && compareVersions(version, current) > 0;
  };
  return (
    entries(voice.required).some(raises) ||
    entries(voice.reached).some(raises) ||
    voice.changed.some((path) => linked.has(path))
  );
}

function newest(versions: readonly ModuleVersion[]): Map<string, string> {
  const result = new Map<string, string>();
  for (const { path, version } of versions) {
    const known = result.get(path);
    if (known === undefined || compareVersions(version, known) > 0) result.set(path, version);
  }
  return result;
}

function entries(versions: ReadonlyMap<string, string>): ModuleVersion[] {
  return [...versions].map(([path, version]) => ({ path, version }));
}
