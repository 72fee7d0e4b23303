import { relative } from 'node:path';
import type { Workspace } from '../workspace/workspace';
import { go } from './go-command';
import type { GoPackage } from './go-packages';
import type { Recipe } from './recipe';

/** What decides which module versions an app links. */
export interface DecidingFiles {
  /** Files of the workspace, of modules that its packages are in, and of go.work. */
  readonly moduleFiles: ReadonlySet<string>;
  /** The same files of all modules that Go reads: some of them decide nothing as they are. */
  readonly moreModuleFiles: ReadonlySet<string>;
}

export async function decidingFiles(
  workspace: Workspace,
  recipe: Recipe,
  packages: readonly GoPackage[],
): Promise<DecidingFiles> {
  const filesOf = (goMods: readonly (string | undefined)[]) =>
    goMods
      .flatMap((goMod) => (goMod ? relative(workspace.root, goMod) : []))
      .filter((file) => !file.startsWith('..'))
      .flatMap((goMod) =>
        ['go.mod', 'go.sum', 'vendor/modules.txt'].map((name) => goMod.replace(/go\.mod$/, name)),
      );
  const work = recipe.isAlone ? [] : ['go.work', 'go.work.sum', 'vendor/modules.txt'];
  const listed = (...modules: string[]) =>
    go(workspace, recipe, ['list', '-m', '-f', '{{.GoMod}}', ...modules]);
  const all = await listed('all');
  // With a vendor folder, only the modules of the workspace itself are read.
  const { stdout } = all.exitCode === 0 ? all : await listed();
  const own = packages
    .filter(({ Dir }) => !/(^|\/)vendor\//.test(relative(workspace.root, Dir)))
    .map(({ Module }) => (Module?.Replace ?? Module)?.GoMod);
  return {
    moduleFiles: new Set([...filesOf(own), ...work].filter(workspace.exists)),
    moreModuleFiles: new Set([...filesOf([...own, ...stdout.split('\n')]), ...work]),
  };
}
