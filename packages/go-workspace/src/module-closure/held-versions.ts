import type { WorkspacePath } from '../files/workspace-path';
import type { GoWorkspace } from '../modules/go-workspace';
import type { Replacement } from '../modules/module-files';
import type { ModuleClosure } from './module-closure';
import { localModules } from './local-modules';
import { type Assembly, assemblyOf, isNewer, linkedVersions } from './version-donors';

/** An external module that Go would take in another version, were the version donors not in the image. */
export interface HeldVersion {
  /** The module path. */
  readonly path: string;
  /** What Go would choose from the go.mod files of the other modules alone. */
  readonly without: string;
  /** What the whole workspace links, and so the image: a version, or what stands in the module's place. */
  readonly version: string;
  /** Folders of the donors that say so; of all that may, where only go.work.sum tells of the version. */
  readonly donors: readonly WorkspacePath[];
}

/** The versions that a module closure owes to its version donors, sorted by module path. */
export function heldVersions(workspace: GoWorkspace, closure: ModuleClosure): readonly HeldVersion[] {
  const donors = new Set(closure.versionDonors);
  const main = workspace.modules.find(({ dir }) => donors.has(dir));
  if (!main) return [];
  const assembly = assemblyOf(workspace, localModules(workspace, main));
  const speaking = assembly.voices.filter(({ dir }) => closure.moduleDirs.includes(dir));
  const linked = linkedVersions(speaking.filter(({ dir }) => !donors.has(dir)));
  return [...linked]
    .flatMap(([path, without]) => {
      const held = replacedBy(workspace, donors, path) ?? raisedBy(assembly, donors, path, without);
      return held && held.version !== without ? [{ path, without, ...held }] : [];
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

type Held = Pick<HeldVersion, 'version' | 'donors'>;

function replacedBy(
  { modules }: GoWorkspace,
  donors: ReadonlySet<WorkspacePath>,
  path: string,
): Held | undefined {
  for (const { dir, goMod } of modules) {
    const replacement = goMod.replace.find((each) => each.path === path);
    if (donors.has(dir) && replacement) return { version: inWords(replacement), donors: [dir] };
  }
  return undefined;
}

function inWords({ path, replacement }: Replacement): string {
  if ('directory' in replacement) return replacement.directory;
  return replacement.path === path ? replacement.version : `${replacement.path} ${replacement.version}`;
}

/** The newest version that a donor or go.work.sum speaks of. */
function raisedBy(
  { voices, linkedByWorkspace }: Assembly,
  donors: ReadonlySet<WorkspacePath>,
  path: string,
  without: string,
): Held | undefined {
  const spoken = voices
    .filter(({ dir }) => donors.has(dir))
    .map(({ dir, required, reached }) => ({ dir, versions: [...required, ...reached] }));
  const versions = [...spoken.flatMap((each) => each.versions), ...linkedByWorkspace]
    .filter((each) => each.path === path)
    .map(({ version }) => version);
  const version = versions.reduce((newest, each) => (isNewer(each, newest) ? each : newest), without);
  const sayers = spoken.filter((each) =>
    each.versions.some((said) => said.path === path && said.version === version),
  );
  return { version, donors: sayers.length > 0 ? sayers.map(({ dir }) => dir) : [...donors] };
}
