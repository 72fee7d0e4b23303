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
  /** go.mod and go.sum of the modules of the workspace that its packages are in. */
  readonly moduleFiles: ReadonlySet<string>;
  /** Two answers are equal where their fingerprints are: files with their content, modules with version and language. */
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
  const modules = packages.map(({ Module }) => JSON.stringify(Module));
  const moduleFiles = packages
    .flatMap(({ Module }) => (Module?.GoMod === undefined ? [] : relative(workspace.root, Module.GoMod)))
    .filter((goMod) => !goMod.startsWith('..'))
    .flatMap((goMod) => [goMod, goMod.replace(/mod$/, 'sum')]);
  return {
    files,
    moduleFiles: new Set(moduleFiles),
    fingerprint: [...contents, ...new Set(modules)].join('\n'),
  };
}

const FILES = [
  ...['GoFiles', 'CgoFiles', 'CFiles', 'CXXFiles', 'MFiles', 'HFiles', 'FFiles', 'SFiles'],
  ...['SwigFiles', 'SwigCXXFiles', 'SysoFiles', 'EmbedFiles'],
] as const;

interface GoPackage {
  readonly Dir: string;
  readonly Standard?: boolean;
  readonly Module?: { readonly Path: string; readonly GoMod?: string };
  readonly [files: `${string}Files`]: readonly string[] | undefined;
}

async function listPackages(
  { path }: Workspace,
  { packageDir, cgo, tags, isAlone }: Recipe,
  architecture: string,
): Promise<readonly GoPackage[] | undefined> {
  const fields = `-json=Dir,Standard,Module,${FILES.join(',')}`;
  const dir = path(packageDir);
  if (!existsSync(dir)) return undefined;
  const { exitCode, stdout } = await run('go', ['list', '-deps', fields, `-tags=${tags.join(',')}`, '.'], {
    cwd: dir,
    env: {
      ...goEnvironment(),
      GOOS: 'linux',
      GOARCH: architecture,
      CGO_ENABLED: cgo ? '1' : '0',
      ...(isAlone ? { GOWORK: 'off' } : {}),
    },
  });
  if (exitCode !== 0) return undefined;
  const all = JSON.parse(`[${stdout.replaceAll(/^\}\n\{/gm, '},{')}]`) as readonly GoPackage[];
  return all.filter(({ Standard }) => !Standard);
}

function filesOf(root: string, each: GoPackage): string[] {
  const dir = relative(root, each.Dir);
  if (dir.startsWith('..')) return [];
  return FILES.flatMap((kind) => each[kind] ?? []).map((name) => (dir === '' ? name : `${dir}/${name}`));
}

function digest(file: string): string {
  return statSync(file).isFile() ? createHash('sha256').update(readFileSync(file)).digest('hex') : 'none';
}
