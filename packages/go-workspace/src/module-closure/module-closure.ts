import { childPath, sorted, type WorkspacePath } from '../files/workspace-path';
import type { GoModule, GoWorkspace } from '../modules/go-workspace';
import type { ModuleFile } from '../modules/module-files';
import { replacementDirectory } from '../modules/replacement-directory';
import type { LocalModules } from './local-modules';
import { unreachableModule } from './unreachable-module';
import { versionDonors } from './version-donors';

/** What must be on disk for Go to load the modules of one main package. */
export interface ModuleClosure {
  /** Whether Go reads a go.work; otherwise the image builds with `GOWORK=off`. */
  readonly usesWorkFile: boolean;
  /** Whether a vendor folder holds all that is not of these modules; then nothing is downloaded. */
  readonly isVendored: boolean;
  /** Modules whose sources or go.mod are needed, sorted. */
  readonly moduleDirs: readonly WorkspacePath[];
  /**
   * Those of `moduleDirs` that nothing needs but their go.mod: without it Go's minimal version selection would take an older
   * version of an external module than it takes in the whole workspace.
   */
  readonly versionDonors: readonly WorkspacePath[];
  /** The go.mod and go.sum files and go.work.sum, as far as they exist; not go.work, which is pruned. Sorted. */
  readonly files: readonly WorkspacePath[];
}

/** What must be on disk for Go to load the modules whose packages are built, which are in `imported`. */
export function moduleClosure(
  workspace: GoWorkspace,
  modules: LocalModules,
  imported: ReadonlySet<WorkspacePath>,
): ModuleClosure {
  if (modules.vendorDir !== undefined) return vendoredClosure(workspace, modules, modules.vendorDir);
  const workFile = modules.usesWorkFile ? workspace.workFile : undefined;
  const needed = withRequirements(modules, [
    ...imported,
    ...(workFile ? replacementDirectories(modules, workFile, '.') : []),
  ]);
  const donated = workFile
    ? versionDonors(workspace, modules, needed, (dirs) => withRequirements(modules, dirs))
    : needed;
  const moduleDirs = sorted(donated);

  return {
    usesWorkFile: modules.usesWorkFile,
    isVendored: false,
    moduleDirs,
    versionDonors: moduleDirs.filter((dir) => !needed.has(dir)),
    files: sorted([
      ...moduleDirs.flatMap((dir) => moduleFiles(modules, dir)),
      ...workSums(workspace, modules.usesWorkFile),
    ]),
  };
}

/**
 * The main modules, and what the vendor folder says of itself: Go compares the two, so none of them may be missing. It reads no other
 * module, wherever a `replace` leads.
 */
function vendoredClosure(
  workspace: GoWorkspace,
  modules: LocalModules,
  vendorDir: WorkspacePath,
): ModuleClosure {
  const moduleDirs = sorted(modules.mainModules.map(({ dir }) => dir));
  return {
    usesWorkFile: modules.usesWorkFile,
    isVendored: true,
    moduleDirs,
    versionDonors: [],
    files: sorted([
      ...moduleDirs.flatMap((dir) => moduleFiles(modules, dir)),
      ...workSums(workspace, modules.usesWorkFile),
      childPath(vendorDir, 'modules.txt'),
    ]),
  };
}

/** The given modules, and the local modules that their go.mod files require or put in another's place, to the end. */
function withRequirements(modules: LocalModules, dirs: Iterable<WorkspacePath>): Set<WorkspacePath> {
  const reached = new Set(dirs);
  // A set gives out what is added while it is gone through.
  for (const dir of reached) {
    const module = modules.moduleAt(dir);
    if (!module) {
      reached.delete(dir);
      continue;
    }
    for (const { path } of module.goMod.require) {
      const required = modules.byPath.get(path);
      if (required !== undefined) reached.add(required);
      const unreachable = modules.unreachable.get(path);
      if (unreachable) throw unreachableModule(unreachable);
    }
    // Go reads the replacements of main modules only.
    if (isMain(modules, module))
      for (const target of replacementDirectories(modules, module.goMod, dir)) reached.add(target);
  }
  return reached;
}

/** The folders that a file puts in the place of modules, whoever may require those. A main module needs no such line to be found. */
function replacementDirectories(
  { mainModules }: LocalModules,
  file: ModuleFile,
  dir: WorkspacePath,
): WorkspacePath[] {
  return file.replace
    .filter((replacement) => !mainModules.some(({ path }) => path === replacement.path))
    .flatMap((replacement) => replacementDirectory(replacement, dir) ?? []);
}

function isMain({ mainModules }: LocalModules, module: GoModule): boolean {
  return mainModules.includes(module);
}

function moduleFiles(modules: LocalModules, dir: WorkspacePath): WorkspacePath[] {
  const module = modules.moduleAt(dir);
  if (!module) return [];
  return [
    childPath(dir, 'go.mod'),
    // Go reads the sums of main modules only.
    ...(module.hasGoSum && isMain(modules, module) ? [childPath(dir, 'go.sum')] : []),
  ];
}

function workSums({ files }: GoWorkspace, usesWorkFile: boolean): WorkspacePath[] {
  return usesWorkFile && files.readFile('go.work.sum') !== undefined ? ['go.work.sum'] : [];
}
