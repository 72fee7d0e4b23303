import { goEnvironment } from '../workspace/environment';
import { succeed } from '../workspace/program';
import type { Workspace } from '../workspace/workspace';
import { askGo } from './go-side';
import { startNxSide } from './nx-side';
import { readRecipe } from './recipe';

/** Another version for one `require` line. */
export interface Bump {
  /** Folder of the go.mod. */
  readonly dir: string;
  readonly module: string;
  readonly version: string;
}

/** Names of projects, sorted. */
export interface BumpAnswer {
  /** Whose linked modules are other ones, says `go list -deps`. */
  readonly linked: readonly string[];
  /** Whose image has another hash. */
  readonly hashed: readonly string[];
  readonly affected: readonly string[];
}

/** Moves each of the lines, one at a time, and asks whose image is another one. What is committed is there again afterwards. */
export async function bumpReport(workspace: Workspace, bumps: readonly Bump[]): Promise<BumpAnswer[]> {
  const git = (...args: string[]) => succeed('git', args, { cwd: workspace.root });
  const nx = await startNxSide(workspace);
  const state = async (files: readonly string[]) => {
    const { images } = await nx.ask(files);
    const recipes = images.map(({ dockerfile }) => readRecipe(workspace, dockerfile));
    const answers = await askGo(workspace, recipes);
    return images.map((image, index) => {
      const go = answers[index];
      if (go === undefined) throw new Error(`Go does not build ${image.project}`);
      return { ...image, external: go.external.join('\n') };
    });
  };
  try {
    const before = await state([]);
    const answers: BumpAnswer[] = [];
    for (const bump of bumps) {
      await move(workspace, bump);
      const changed = (await git('diff', '--name-only')).split('\n').filter(Boolean);
      const images = (await state(changed)).map((after) => ({
        after,
        before: before.find(({ project }) => project === after.project),
      }));
      const named = (is: (image: (typeof images)[number]) => boolean) =>
        images
          .filter(is)
          .map(({ after }) => after.project)
          .sort();
      answers.push({
        linked: named((image) => image.after.external !== image.before?.external),
        hashed: named((image) => image.after.hash !== image.before?.hash),
        affected: named(({ after }) => after.isAffected),
      });
      await git('checkout', '--quiet', '.');
    }
    return answers;
  } finally {
    nx.end();
  }
}

/** `go get` and `go mod tidy` in one module. */
export async function move(workspace: Workspace, { dir, module, version }: Bump): Promise<void> {
  await goIn(workspace, dir, ['get', `${module}@${version}`]);
  await tidy(workspace, dir);
}

export const tidy = (workspace: Workspace, dir: string): Promise<void> =>
  goIn(workspace, dir, ['mod', 'tidy']);

async function goIn(workspace: Workspace, dir: string, args: readonly string[]): Promise<void> {
  await succeed('go', args, { cwd: workspace.path(dir), env: { ...goEnvironment(), GOWORK: 'off' } });
}
