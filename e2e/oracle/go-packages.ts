import { existsSync } from 'node:fs';
import { posix, relative } from 'node:path';
import type { Workspace } from '../workspace/workspace';
import { go } from './go-command';
import type { Recipe } from './recipe';

export interface GoPackage {
  readonly Dir: string;
  readonly ImportPath: string;
  readonly Standard?: boolean;
  readonly DepOnly?: boolean;
  /** Import paths of all that it is compiled with. */
  readonly Deps?: readonly string[];
  readonly Module?: GoModule;
  readonly [files: `${string}Files`]: readonly string[] | undefined;
}

export interface GoModule {
  readonly Path: string;
  readonly Version?: string;
  readonly Replace?: GoModule;
  readonly GoVersion?: string;
  readonly Dir?: string;
  readonly GoMod?: string;
}

export const FILES = [
  ...['GoFiles', 'CgoFiles', 'CFiles', 'CXXFiles', 'MFiles', 'HFiles', 'FFiles', 'SFiles'],
  ...['SwigFiles', 'SwigCXXFiles', 'SysoFiles', 'EmbedFiles'],
] as const;

/** The platforms whose files a generated ignore file lets in. */
const ARCHITECTURES = ['amd64', 'arm64'];

type Packages = readonly GoPackage[] | undefined;

/**
 * The packages that each app is compiled from, but those of Go itself; undefined where Go refuses to build it.
 *
 * Apps that Go is told the same about are listed by one process: what it says of them together is what it says of each, unless it refuses.
 */
export async function listPackages(workspace: Workspace, recipes: readonly Recipe[]): Promise<Packages[]> {
  const there = recipes.filter(({ packageDir }) => existsSync(workspace.path(packageDir)));
  const groups = new Map<string, Recipe[]>();
  for (const recipe of there) {
    const key = surroundings(workspace, recipe);
    groups.set(key, [...(groups.get(key) ?? []), recipe]);
  }
  const found = new Map<Recipe, Packages>();
  const look = async (group: readonly Recipe[]): Promise<void> => {
    const [first] = group;
    if (first === undefined) return;
    const lists = await Promise.all(ARCHITECTURES.map((each) => listTogether(workspace, first, group, each)));
    for (const [index, recipe] of group.entries()) {
      const answers = lists.map((list) => list?.[index]);
      if (answers.every((each) => each !== undefined)) found.set(recipe, answers.flat());
      else if (group.length > 1) await look([recipe]);
    }
  };
  await Promise.all([...groups.values()].map(look));
  return recipes.map((recipe) => found.get(recipe));
}

/** What Go goes by besides the package: settings and the main module, or go.work. */
function surroundings(workspace: Workspace, { packageDir, cgo, tags, isAlone }: Recipe): string {
  const isInWork = !isAlone && workspace.exists('go.work');
  return JSON.stringify([cgo, tags, isAlone, isInWork ? 'go.work' : mainModule(workspace, packageDir)]);
}

function mainModule(workspace: Workspace, dir: string): string {
  return dir === '.' || workspace.exists(posix.join(dir, 'go.mod'))
    ? dir
    : mainModule(workspace, posix.dirname(dir));
}

/** For each of the apps; undefined where Go refuses one of them. */
async function listTogether(
  workspace: Workspace,
  first: Recipe,
  group: readonly Recipe[],
  architecture: string,
): Promise<readonly Packages[] | undefined> {
  const fields = `-json=Dir,ImportPath,Standard,DepOnly,Deps,Module,${FILES.join(',')}`;
  const patterns = group.map(({ packageDir }) => `./${posix.relative(first.packageDir, packageDir) || '.'}`);
  const args = ['list', '-deps', fields, `-tags=${first.tags.join(',')}`, ...patterns];
  const { exitCode, stdout } = await go(workspace, first, args, architecture);
  if (exitCode !== 0) return undefined;
  const all = JSON.parse(`[${stdout.replaceAll(/^\}\n\{/gm, '},{')}]`) as readonly GoPackage[];
  if (group.length === 1) return [all.filter(({ Standard }) => !Standard)];
  const named = all.filter(({ DepOnly }) => !DepOnly);
  return group.map(({ packageDir }) => {
    const app = named.find(({ Dir }) => (relative(workspace.root, Dir) || '.') === packageDir);
    const parts = app && new Set([app.ImportPath, ...(app.Deps ?? [])]);
    return parts && all.filter(({ ImportPath, Standard }) => !Standard && parts.has(ImportPath));
  });
}
