import { joinPath, type WorkspacePath } from '../files/workspace-path';
import type { GoModule, GoWorkspace } from '../modules/go-workspace';
import type { ModuleFile, Replacement } from '../modules/module-files';
import { compareVersions } from '../modules/version';

/** How Go sees the modules of a workspace while it builds in one of them. */
export interface LocalModules {
  /** Whether Go reads go.work. */
  readonly usesWorkFile: boolean;
  /** The modules that Go builds in: those of go.work, or one alone. */
  readonly mainModules: readonly GoModule[];
  /** The one module that Go builds in, where it takes all other packages from that module's vendor folder. */
  readonly vendoring?: GoModule;
  /** Folders by the module path that they stand for: main modules, and folders that replace a module. */
  readonly byPath: ReadonlyMap<string, WorkspacePath>;
  moduleAt(dir: WorkspacePath): GoModule | undefined;
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
  for (const [path, dir] of replacements(alone ? undefined : workspace.workFile, mainModules)) {
    if (!paths.has(path)) paths.set(path, dir);
  }
  return {
    usesWorkFile: !alone,
    mainModules,
    vendoring: alone?.hasVendor ? alone : undefined,
    byPath: paths,
    moduleAt: (dir) => byDir.get(dir),
  };
}

function* replacements(
  workFile: ModuleFile | undefined,
  mainModules: readonly GoModule[],
): Generator<[path: string, dir: WorkspacePath]> {
  const overridden = new Set(workFile?.replace.map(({ path }) => path));
  const applying = [
    ...(workFile?.replace ?? []).map((replacement) => ({ replacement, dir: '.' })),
    ...mainModules.flatMap(({ goMod, dir }) =>
      goMod.replace.filter(({ path }) => !overridden.has(path)).map((replacement) => ({ replacement, dir })),
    ),
  ];
  for (const { replacement, dir } of applying) {
    const target = replacementDirectory(replacement, dir);
    if (target !== undefined && appliesTo(replacement, mainModules)) yield [replacement.path, target];
  }
}

/** The folder that `replacement`, written in a file of `dir`, puts in a module's place. */
export function replacementDirectory(
  { replacement }: Replacement,
  dir: WorkspacePath,
): WorkspacePath | undefined {
  return 'directory' in replacement ? joinPath(dir, replacement.directory) : undefined;
}

/** A replacement of one version counts where that is the version Go selects. */
function appliesTo({ path, version }: Replacement, modules: readonly GoModule[]): boolean {
  if (version === undefined) return true;
  const required = modules.flatMap(({ goMod }) => goMod.require.filter((each) => each.path === path));
  return required.every((each) => compareVersions(each.version, version) <= 0);
}
