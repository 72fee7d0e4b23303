import { childPath, type WorkspacePath } from '../files/workspace-path';
import type { GoModule, GoWorkspace } from '../modules/go-workspace';
import type { ModuleFile, Replacement } from '../modules/module-files';
import { replacementDirectory } from '../modules/replacement-directory';
import { compareVersions } from '../modules/version';

/** How Go sees the modules of a workspace while it builds in one of them. */
export interface LocalModules {
  /** Whether Go reads go.work. */
  readonly usesWorkFile: boolean;
  /** The modules that Go builds in: those of go.work, or one alone. */
  readonly mainModules: readonly GoModule[];
  /** The vendor folder that holds every package which is not of a main module; then no other module is needed. */
  readonly vendorDir?: WorkspacePath;
  /** Folders by the module path that they stand for: main modules, and folders that replace a module. */
  readonly byPath: ReadonlyMap<string, WorkspacePath>;
  /** By module path: the replacements whose folder is not there for an image, as it is below no workspace or holds no go.mod. */
  readonly unreachable: ReadonlyMap<string, PlacedReplacement>;
  moduleAt(dir: WorkspacePath): GoModule | undefined;
}

/** A `replace` line and where it stands. */
export interface PlacedReplacement {
  readonly replacement: Replacement;
  readonly file: WorkspacePath;
  /** Below the workspace; undefined where the line leads out of it. */
  readonly target?: WorkspacePath;
}

const views = new WeakMap<GoWorkspace, Map<WorkspacePath, LocalModules>>();

/** The modules as the go command sees them from within `main`. */
export function localModules(workspace: GoWorkspace, main: GoModule): LocalModules {
  // A module with a vendor folder is built from that, which go.work does not go together with.
  const usesWorkFile = workspace.workFile !== undefined && main.inWorkFile && !main.hasVendor;
  // The modules of a go.work all see the same, and with many apps it is a lot to look through.
  const key = usesWorkFile ? 'go.work' : main.dir;
  const known = views.get(workspace) ?? new Map<WorkspacePath, LocalModules>();
  views.set(workspace, known);
  const modules = known.get(key) ?? seenFrom(workspace, usesWorkFile ? undefined : main);
  known.set(key, modules);
  return modules;
}

/** @param alone The module that is built without go.work. */
function seenFrom(workspace: GoWorkspace, alone: GoModule | undefined): LocalModules {
  const mainModules = alone ? [alone] : workspace.modules.filter(({ inWorkFile }) => inWorkFile);
  const byDir = new Map(workspace.modules.map((module) => [module.dir, module]));
  const paths = new Map(mainModules.map(({ path, dir }) => [path, dir]));
  const unreachable = new Map<string, PlacedReplacement>();
  for (const placed of replacements(alone ? undefined : workspace.workFile, mainModules)) {
    const { path } = placed.replacement;
    if (paths.has(path) || unreachable.has(path)) continue;
    if (placed.target !== undefined && byDir.has(placed.target)) paths.set(path, placed.target);
    else unreachable.set(path, placed);
  }
  return {
    usesWorkFile: !alone,
    mainModules,
    vendorDir: vendorDir(workspace, alone),
    byPath: paths,
    unreachable,
    moduleAt: (dir) => byDir.get(dir),
  };
}

function vendorDir(workspace: GoWorkspace, alone: GoModule | undefined): WorkspacePath | undefined {
  if (alone) return alone.hasVendor ? childPath(alone.dir, 'vendor') : undefined;
  return workspace.hasWorkVendor ? 'vendor' : undefined;
}

/** The replacements by a folder that Go obeys, go.work's first. */
function* replacements(
  workFile: ModuleFile | undefined,
  mainModules: readonly GoModule[],
): Generator<PlacedReplacement> {
  const overridden = new Set(workFile?.replace.map(({ path }) => path));
  const applying = [
    ...(workFile?.replace ?? []).map((replacement) => ({
      replacement,
      file: workFile?.file ?? '',
      dir: '.',
    })),
    ...mainModules.flatMap(({ goMod, dir }) =>
      goMod.replace
        .filter(({ path }) => !overridden.has(path))
        .map((replacement) => ({ replacement, file: goMod.file, dir })),
    ),
  ];
  for (const { replacement, file, dir } of applying) {
    if (!('directory' in replacement.replacement) || !appliesTo(replacement, mainModules)) continue;
    yield { replacement, file, target: replacementDirectory(replacement, dir) };
  }
}

/** A replacement of one version counts where that is the version Go selects. */
function appliesTo({ path, version }: Replacement, modules: readonly GoModule[]): boolean {
  if (version === undefined) return true;
  const required = modules.flatMap(({ goMod }) => goMod.require.filter((each) => each.path === path));
  return required.every((each) => compareVersions(each.version, version) <= 0);
}
