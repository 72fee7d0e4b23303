import type { WorkspacePath } from '../files/workspace-path';
import type { GoModule, GoWorkspace } from '../modules/go-workspace';
import type { GoWork, Replacement } from '../modules/module-files';
import type { ModuleClosure } from './module-closure';

/**
 * The go.work of an image: the `use` lines of the closure, and what else the workspace's own go.work says.
 *
 * To it come the versions in which the modules require one another, each replaced by its folder: without these lines
 * `go mod download` asks the module proxy for local modules (golang/go#51946).
 *
 * @returns the text; undefined where the image builds with `GOWORK=off`.
 */
export function prunedGoWork(workspace: GoWorkspace, modules: ModuleClosure): string | undefined {
  const { workFile } = workspace;
  if (!modules.usesWorkFile || !workFile) return undefined;
  const used = workspace.modules.filter(
    ({ dir, inWorkFile }) => inWorkFile && modules.moduleDirs.includes(dir),
  );
  const sections = [
    workFile.go === undefined ? [] : [`go ${workFile.go}`],
    workFile.toolchain === undefined ? [] : [`toolchain ${workFile.toolchain}`],
    workFile.godebug.map(({ key, value }) => `godebug ${key}=${value}`),
    block(
      'use',
      used.map(({ dir }) => quoted(relative(dir))),
    ),
    block('replace', [
      ...workFile.replace.filter((each) => !leadsOut(workspace, modules, each)).map(replaceLine),
      // The list of a vendor folder has to agree with go.work, and nothing is downloaded beside it.
      ...(modules.isVendored ? [] : localReplacements(workFile, used)),
    ]),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function block(verb: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${verb} (`, ...lines.map((line) => `\t${line}`), ')'];
}

/** Whether a line replaces a version of a module of the workspace that is not in the image. */
function leadsOut({ modules }: GoWorkspace, { moduleDirs }: ModuleClosure, { path }: Replacement): boolean {
  return modules.some(
    (module) => module.inWorkFile && module.path === path && !moduleDirs.includes(module.dir),
  );
}

function replaceLine({ path, version, replacement }: Replacement): string {
  const target =
    'directory' in replacement
      ? quoted(replacement.directory)
      : `${quoted(replacement.path)} ${replacement.version}`;
  return `${quoted(path)}${version === undefined ? '' : ` ${version}`} => ${target}`;
}

function localReplacements(workFile: GoWork, used: readonly GoModule[]): string[] {
  const dirs = new Map(used.map(({ path, dir }) => [path, dir]));
  const said = new Set(workFile.replace.map(({ path, version }) => `${path} ${version ?? ''}`));
  const lines = used
    .flatMap(({ goMod }) => goMod.require)
    .filter(({ path, version }) => dirs.has(path) && !said.has(`${path} ${version}`))
    .map(({ path, version }) => `${quoted(path)} ${version} => ${quoted(relative(dirs.get(path) ?? '.'))}`);
  return [...new Set(lines)].sort();
}

/** As go.work wants folders: with `./` before them. */
function relative(dir: WorkspacePath): string {
  return dir === '.' ? '.' : `./${dir}`;
}

/** Quotes what would not be one word (golang.org/x/mod/modfile.MustQuote). */
function quoted(word: string): string {
  return /[\s"'`()[\]{},]|\/\/|\/\*|\p{C}/u.test(word) ? JSON.stringify(word) : word;
}
