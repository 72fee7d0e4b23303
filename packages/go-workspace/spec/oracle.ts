import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import {
  type BuildClosure,
  type BuildTarget,
  buildClosure,
  diskFileSystem,
  prunedGoWork,
  readGoWorkspace,
} from '../src';

/** One package of the workspace, as a closure or as the go command tells it. */
export interface PackageAnswer {
  readonly dir: string;
  readonly importPath: string;
  readonly goFiles: readonly string[];
  readonly otherFiles: readonly string[];
  readonly embedFiles: readonly string[];
}

/** What is asked of the closure and of the go command about one main package on one platform. */
export interface Answer {
  readonly packages: readonly PackageAnswer[];
  readonly externalImports: readonly string[];
}

export interface OracleResult {
  readonly closure: BuildClosure;
  readonly prunedGoWork: string | undefined;
  /** By GOARCH. */
  readonly platforms: Readonly<
    Record<string, { readonly ours: Answer; readonly goInWorkspace: Answer; readonly goInPruned: Answer }>
  >;
  /** External modules with their selected versions, `path version`, that the package links: in the whole workspace and in the pruned one. */
  /** Modules of the workspace that the go command wanted from the network, which cannot know them as they are here. */
  readonly localModulesDownloaded: readonly string[];
  readonly modules: { readonly inWorkspace: readonly string[]; readonly inPruned: readonly string[] };
}

export interface OracleQuestion {
  /** The workspace on disk. */
  readonly root: string;
  readonly packageDir: string;
  readonly architectures: readonly string[];
  readonly tags?: readonly string[];
  readonly cgo?: boolean;
}

/**
 * Asks the go command about a main package, in the workspace and in a copy that holds nothing but what the closure names, and builds it
 * in that copy with the network off, after a `go mod download` that had nothing but the module files.
 */
export function askGo({
  root,
  packageDir,
  architectures,
  tags = [],
  cgo = false,
}: OracleQuestion): OracleResult {
  const workspace = readGoWorkspace(diskFileSystem(root));
  const closureFor = (chosen: readonly string[]): BuildClosure =>
    buildClosure(workspace, packageDir, target(chosen, tags, cgo, goMinorVersion()));
  const closure = closureFor(architectures);
  const goWork = prunedGoWork(workspace, closure.modules);
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'go-workspace-')));
  try {
    const deps = join(scratch, 'deps');
    const builder = join(scratch, 'builder');
    copyFiles(root, deps, closure.modules.files, goWork);
    copyFiles(root, builder, [...closure.modules.files, ...closure.files], goWork);
    const go = goCommand({ closure, tags, cgo });
    // First, because what it downloads serves the copy as well.
    const inWorkspace = linkedModules(go, join(root, packageDir), {});
    const modCache = join(scratch, 'mod');
    const online = { GOMODCACHE: modCache, GOPROXY: cachedProxy() };
    if (!closure.modules.isVendored)
      go(
        join(deps, closure.modules.usesWorkFile ? '.' : mainModuleDir(closure)),
        ['mod', 'download'],
        online,
      );
    const offline = { GOMODCACHE: modCache, ...NO_NETWORK };

    const platforms = Object.fromEntries(
      architectures.map((architecture) => {
        const list = (dir: string, env: NodeJS.ProcessEnv): Answer =>
          answerOfGo(
            dir,
            go(join(dir, packageDir), ['list', '-deps', '-json', '.'], { GOARCH: architecture, ...env }),
          );
        return [
          architecture,
          {
            ours: answerOf(closureFor([architecture])),
            goInWorkspace: list(realpathSync(root), {}),
            goInPruned: list(builder, offline),
          },
        ];
      }),
    );
    go(join(builder, packageDir), ['build', '-o', join(scratch, 'app'), '.'], offline);
    return {
      closure,
      prunedGoWork: goWork,
      platforms,
      modules: { inWorkspace, inPruned: linkedModules(go, join(builder, packageDir), offline) },
      localModulesDownloaded: workspace.modules
        .map(({ path }) => path)
        .filter((path) => existsSync(join(modCache, 'cache/download', path, '@v'))),
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** What stands for the network being off: no proxy to download from, and no way to reach the checksum database. */
export const NO_NETWORK = {
  GOPROXY: 'off',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  HTTP_PROXY: 'http://127.0.0.1:9',
};

/** External modules: neither main nor replaced by a folder. */
const MODULE =
  '{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}{{with .Replace}} => {{.Path}} {{.Version}}{{end}}{{end}}{{end}}';

function linkedModules(go: GoCommand, cwd: string, env: NodeJS.ProcessEnv): string[] {
  return [...new Set(go(cwd, ['list', '-deps', '-f', MODULE, '.'], env).split('\n').filter(Boolean))].sort();
}

function target(
  architectures: readonly string[],
  tags: readonly string[],
  cgo: boolean,
  goVersion: string,
): BuildTarget {
  return {
    platforms: architectures.map((architecture) => ({ os: 'linux', architecture })),
    tags,
    cgo,
    goVersion,
  };
}

function mainModuleDir({ packageDir, packages }: BuildClosure): string {
  return packages.find(({ dir }) => dir === packageDir)?.moduleDir ?? '.';
}

/** `1.26.8`: the version that answers, which is the one a closure has to be made for. */
export function goMinorVersion(): string {
  return runGo(tmpdir(), ['env', 'GOVERSION'], { ...process.env, GOTOOLCHAIN: 'local' })
    .trim()
    .replace(/^go/, '');
}

/** Modules that were downloaded before come from the cache on disk; the others from the network. */
export function cachedProxy(): string {
  const [cache = '', proxy = ''] = runGo(tmpdir(), ['env', 'GOMODCACHE', 'GOPROXY'], process.env).split('\n');
  return `file://${cache}/cache/download,${proxy}`;
}

export type GoCommand = (cwd: string, args: readonly string[], env: NodeJS.ProcessEnv) => string;

export function goCommand({
  closure,
  tags,
  cgo,
}: {
  closure: BuildClosure;
  tags: readonly string[];
  cgo: boolean;
}): GoCommand {
  const settings = {
    ...process.env,
    GOENV: 'off',
    GOOS: 'linux',
    GOARCH: process.arch === 'arm64' ? 'arm64' : 'amd64',
    CGO_ENABLED: cgo ? '1' : '0',
    GOTOOLCHAIN: 'local',
    GOWORK: closure.modules.usesWorkFile ? '' : 'off',
    GOFLAGS: [
      // Whether it builds from a vendor folder is Go's own decision.
      ...(closure.modules.isVendored ? [] : ['-mod=readonly']),
      '-buildvcs=false',
      '-modcacherw',
      // Without it the build cache knows packages by the folder of the module cache, which is another one every time.
      '-trimpath',
      ...(tags.length > 0 ? [`-tags=${tags.join(',')}`] : []),
    ].join(' '),
  };
  return (cwd, args, env) => runGo(cwd, args, { ...settings, ...env });
}

function runGo(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv): string {
  return execFileSync('go', args, { cwd, env, encoding: 'utf8', maxBuffer: 1 << 28, stdio: 'pipe' });
}

export function copyFiles(
  from: string,
  to: string,
  files: readonly string[],
  goWork: string | undefined,
): void {
  for (const file of new Set(files)) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(join(from, file), join(to, file), { verbatimSymlinks: true });
  }
  if (goWork !== undefined) writeFileSync(join(to, 'go.work'), goWork);
}

function answerOf({ packages, externalImports }: BuildClosure): Answer {
  return {
    packages: packages.map(({ dir, importPath, goFiles, otherFiles, embedFiles }) => ({
      dir,
      importPath,
      goFiles,
      otherFiles,
      embedFiles,
    })),
    externalImports,
  };
}

/** What `go list -json` prints for a package, as far as it is asked for. */
interface GoPackage {
  readonly Dir: string;
  readonly ImportPath: string;
  readonly Standard?: boolean;
  readonly Imports?: readonly string[];
  readonly [files: `${string}Files`]: readonly string[] | undefined;
}

const GO_FILES = ['GoFiles', 'CgoFiles'] as const;
const OTHER_FILES = [
  'CFiles',
  'CXXFiles',
  'MFiles',
  'HFiles',
  'FFiles',
  'SFiles',
  'SwigFiles',
  'SwigCXXFiles',
  'SysoFiles',
] as const;

function answerOfGo(root: string, output: string): Answer {
  const all = JSON.parse(`[${output.replaceAll(/^\}\n\{/gm, '},{')}]`) as readonly GoPackage[];
  const isLocal = ({ Dir }: GoPackage): boolean => !relative(root, Dir).startsWith('..');
  const local = all.filter(isLocal);
  const packages = local.map((each) => {
    const dir = relative(root, each.Dir) || '.';
    const files = (kinds: readonly `${string}Files`[]): string[] =>
      kinds
        .flatMap((kind) => (each[kind] ?? []).map((name) => (dir === '.' ? name : `${dir}/${name}`)))
        .sort();
    return {
      dir,
      importPath: each.ImportPath,
      goFiles: files(GO_FILES),
      otherFiles: files(OTHER_FILES),
      embedFiles: files(['EmbedFiles']),
    };
  });
  const known = new Set(
    all.filter((each) => each.Standard || isLocal(each)).map(({ ImportPath }) => ImportPath),
  );
  const external = local
    .flatMap(({ Imports = [] }) => Imports)
    .filter((path) => path !== 'C' && !known.has(path));
  return {
    packages: packages.sort((a, b) => (a.dir < b.dir ? -1 : 1)),
    externalImports: [...new Set(external)].sort(),
  };
}
