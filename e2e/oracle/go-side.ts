import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { relative } from 'node:path';
import type { Workspace } from '../workspace/workspace';
import { go } from './go-command';
import { FILES, listPackages, type GoModule, type GoPackage } from './go-packages';
import type { Recipe } from './recipe';

/** What Go says an app is made of. */
export interface GoAnswer {
  /** Files of the workspace that are compiled or embedded. */
  readonly files: ReadonlySet<string>;
  /** Folders of the workspace that its packages are in. */
  readonly folders: ReadonlySet<string>;
  /** External modules with their versions, sorted. */
  readonly external: readonly string[];
  /** Two answers are equal where their fingerprints are: files with their content, modules with version and language, settings. */
  readonly fingerprint: string;
  readonly packages: readonly GoPackage[];
}

/** Asks `go list` about apps in the whole workspace; an answer is undefined where Go refuses to build the app. */
export async function askGo(
  workspace: Workspace,
  recipes: readonly Recipe[],
): Promise<(GoAnswer | undefined)[]> {
  const lists = await listPackages(workspace, recipes);
  return Promise.all(
    recipes.map(async (recipe, index) => {
      const packages = lists[index];
      return packages && answer(workspace, packages, await settingsOf(workspace, recipe));
    }),
  );
}

function answer(workspace: Workspace, packages: readonly GoPackage[], settings: string): GoAnswer {
  const files = new Set(packages.flatMap((each) => filesOf(workspace.root, each)));
  const contents = [...files].sort().map((file) => `${file} ${digest(workspace.path(file))}`);
  const modules = [...new Set(packages.map(({ Module }) => linked(workspace.root, Module)))].sort();
  return {
    files,
    folders: new Set(packages.map(({ Dir }) => relative(workspace.root, Dir) || '.').filter(isInside)),
    external: modules.filter((each) => each.includes('@')),
    fingerprint: [...contents, ...modules, settings].join('\n'),
    packages,
  };
}

/** A module as far as a program differs with it. What else Go tells of one depends on what it has downloaded. */
function linked(root: string, module: GoModule | undefined): string {
  if (module === undefined) return '';
  const { Path, Version, Replace, GoVersion, Dir } = module;
  const dir = Dir === undefined ? '' : relative(root, Dir) || '.';
  if (isInside(dir) && (Replace ?? module).Version === undefined) return `${Path} in ${dir}, go ${GoVersion}`;
  const replacement = Replace === undefined ? '' : ` => ${Replace.Path}@${Replace.Version}`;
  return `${Path}@${Version}${replacement}, go ${GoVersion}`;
}

const isInside = (path: string): boolean => !path.startsWith('..');

/** What go.work, or the go.mod of an app alone, says of how programs are built. */
async function settingsOf(workspace: Workspace, recipe: Recipe): Promise<string> {
  const work = (await go(workspace, recipe, ['env', 'GOWORK'])).stdout.trim();
  const file = work === '' || work === 'off' ? 'mod' : 'work';
  const { stdout } = await go(workspace, recipe, [file, 'edit', '-json']);
  const { Go, Toolchain, Godebug } = JSON.parse(stdout) as Record<string, unknown>;
  return JSON.stringify({ Go, Toolchain, Godebug });
}

function filesOf(root: string, each: GoPackage): string[] {
  const dir = relative(root, each.Dir);
  if (dir.startsWith('..')) return [];
  return FILES.flatMap((kind) => each[kind] ?? []).map((name) => (dir === '' ? name : `${dir}/${name}`));
}

function digest(file: string): string {
  return statSync(file).isFile() ? createHash('sha256').update(readFileSync(file)).digest('hex') : 'none';
}
