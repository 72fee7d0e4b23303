import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { relative } from 'node:path';
import { goEnvironment } from '../workspace/environment';
import { run } from '../workspace/program';
import type { Workspace } from '../workspace/workspace';
import type { Recipe } from './recipe';

/** What Go says an app is made of. */
export interface GoAnswer {
  /** Files of the workspace that are compiled or embedded. */
  readonly files: ReadonlySet<string>;
  /** Folders of the workspace that its packages are in. */
  readonly folders: ReadonlySet<string>;
  /** Files of the workspace that decide which module versions there are, of modules that its packages are in, and of go.work. */
  readonly moduleFiles: ReadonlySet<string>;
  /** The same files of all modules that Go reads: some of them decide nothing as they are. */
  readonly moreModuleFiles: ReadonlySet<string>;
  /** External modules with their versions, sorted. */
  readonly external: readonly string[];
  /** Two answers are equal where their fingerprints are: files with their content, modules with version and language, settings. */
  readonly fingerprint: string;
}

/** The platforms whose files a generated ignore file lets in. */
const ARCHITECTURES = ['amd64', 'arm64'];

/** Asks `go list` about an app in the whole workspace; undefined where Go refuses to build it. */
export async function askGo(workspace: Workspace, recipe: Recipe): Promise<GoAnswer | undefined> {
  const answers = [];
  // cgo compiles for the machine that builds alone, and Go leaves out cgo's files on any other.
  for (const architecture of recipe.cgo ? ['amd64'] : ARCHITECTURES) {
    const packages = await listPackages(workspace, recipe, architecture);
    if (packages === undefined) return undefined;
    answers.push(packages);
  }
  const packages = answers.flat();
  const files = new Set(packages.flatMap((each) => filesOf(workspace.root, each)));
  const contents = [...files].sort().map((file) => `${file} ${digest(workspace.path(file))}`);
  const modules = [...new Set(packages.map(({ Module }) => linked(workspace.root, Module)))].sort();
  return {
    files,
    folders: new Set(packages.map(({ Dir }) => relative(workspace.root, Dir) || '.').filter(isInside)),
    ...(await moduleFilesOf(workspace, recipe, packages)),
    external: modules.filter((each) => each.includes('@')),
    fingerprint: [...contents, ...modules, await settingsOf(workspace, recipe)].join('\n'),
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

async function moduleFilesOf(
  workspace: Workspace,
  recipe: Recipe,
  packages: readonly GoPackage[],
): Promise<Pick<GoAnswer, 'moduleFiles' | 'moreModuleFiles'>> {
  const filesOf = (goMods: readonly (string | undefined)[]) =>
    goMods
      .flatMap((goMod) => (goMod ? relative(workspace.root, goMod) : []))
      .filter(isInside)
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

const FILES = [
  ...['GoFiles', 'CgoFiles', 'CFiles', 'CXXFiles', 'MFiles', 'HFiles', 'FFiles', 'SFiles'],
  ...['SwigFiles', 'SwigCXXFiles', 'SysoFiles', 'EmbedFiles'],
] as const;

interface GoPackage {
  readonly Dir: string;
  readonly Standard?: boolean;
  readonly Module?: GoModule;
  readonly [files: `${string}Files`]: readonly string[] | undefined;
}

interface GoModule {
  readonly Path: string;
  readonly Version?: string;
  readonly Replace?: GoModule;
  readonly GoVersion?: string;
  readonly Dir?: string;
  readonly GoMod?: string;
}

async function listPackages(
  workspace: Workspace,
  recipe: Recipe,
  architecture: string,
): Promise<readonly GoPackage[] | undefined> {
  const fields = `-json=Dir,Standard,Module,${FILES.join(',')}`;
  if (!existsSync(workspace.path(recipe.packageDir))) return undefined;
  const args = ['list', '-deps', fields, `-tags=${recipe.tags.join(',')}`, '.'];
  const { exitCode, stdout } = await go(workspace, recipe, args, architecture);
  if (exitCode !== 0) return undefined;
  const all = JSON.parse(`[${stdout.replaceAll(/^\}\n\{/gm, '},{')}]`) as readonly GoPackage[];
  return all.filter(({ Standard }) => !Standard);
}

function go(
  { path }: Workspace,
  { packageDir, cgo, isAlone }: Recipe,
  args: readonly string[],
  architecture = 'amd64',
) {
  return run('go', args, {
    cwd: path(packageDir),
    env: {
      ...goEnvironment(),
      GOOS: 'linux',
      GOARCH: architecture,
      CGO_ENABLED: cgo ? '1' : '0',
      ...(isAlone ? { GOWORK: 'off' } : {}),
    },
  });
}

function filesOf(root: string, each: GoPackage): string[] {
  const dir = relative(root, each.Dir);
  if (dir.startsWith('..')) return [];
  return FILES.flatMap((kind) => each[kind] ?? []).map((name) => (dir === '' ? name : `${dir}/${name}`));
}

function digest(file: string): string {
  return statSync(file).isFile() ? createHash('sha256').update(readFileSync(file)).digest('hex') : 'none';
}
