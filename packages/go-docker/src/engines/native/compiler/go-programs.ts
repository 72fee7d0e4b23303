import { createReadStream, mkdirSync, readdirSync, renameSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { SourceLocation } from '../../../errors';
import { runProgram } from '../../program';
import { bytesOf, cleanPath, folderOf, joined, nameOf, shown, type BytePath } from '../files/byte-path';
import type { FileTree } from '../files/file-tree';
import { makeFolders } from '../files/make-folders';
import type { Owner } from '../files/owner';
import { resolved } from '../files/resolve';
import { refusal } from '../refusal';
import type { Programs, Started } from '../shell/run-script';
import type { WrittenCommand } from '../shell/written-commands';
import { buildArguments, type BuildArguments } from './build-arguments';
import { buildEnvironment } from './build-environment';
import { assertOfStage, type PlacedGo } from './files-of-stage';
import { goFailed } from './go-failed';
import type { GoRelease } from './go-release';
import { goProgram, type HostGo } from './host-go';
import type { HostRoot } from './host-root';
import { inStage } from './in-stage';
import { makeDirectories } from './mkdir';

/** What the commands of one RUN work on. */
export interface RunPlace {
  readonly tree: FileTree;
  /** Where the host's Go finds the files of the stage. */
  readonly root: HostRoot;
  readonly release: GoRelease;
  readonly host: HostGo;
  /** The platform of the stage. */
  readonly platform: string;
  /** Whose the files are that the commands make. */
  readonly owner: Owner;
  /** A folder of this build, on this machine, for programs that were compiled. */
  readonly programs: string;
  readonly temporary: string;
  readonly netrc?: string;
  readonly location: SourceLocation;
  readonly signal: AbortSignal;
  /** Says what is done. */
  readonly tell: (line: string) => void;
}

/** The programs that a RUN of a stage may start. */
export const KNOWN_PROGRAMS = ['go', 'mkdir'];

/** `go` and `mkdir` as they work on the files of a stage. They throw a GoDockerError with the place of the RUN. */
export function programsOn(place: RunPlace): Programs {
  return {
    go: (started) => runGo(started, place),
    mkdir: async ({ args, workingFolder }) => makeDirectories(args, workingFolder, place),
  };
}

/** Whether a command changes nothing here: modules are fetched by the build itself, into the module cache of this machine. */
export function leavesOut({ name, args: [command, what = ''] }: WrittenCommand): boolean {
  if (name !== 'go') return false;
  return (
    command === 'version' || command === 'env' || (command === 'mod' && /^(download|verify)$/.test(what))
  );
}

/**
 * What a `go` command builds; undefined where it is left out.
 *
 * @throws GoDockerError with the place of the RUN for other commands, and for what is not built here.
 */
export function goBuild(args: readonly string[], location: SourceLocation): BuildArguments | undefined {
  if (leavesOut({ name: 'go', args })) return undefined;
  const [command = '', ...others] = args;
  if (command === 'build') return buildArguments(others, location);
  throw refusal(`runs go build, and not go ${command}`, location);
}

async function runGo(started: Started, place: RunPlace): Promise<void> {
  const asked = goBuild(started.args, place.location);
  if (asked) await build(asked, started, place);
}

async function build(build: BuildArguments, started: Started, place: RunPlace): Promise<void> {
  const { tree, root, release, host, location, signal, owner } = place;
  const folder = resolved(tree, cleanPath(bytesOf(started.workingFolder)));
  assertNoRepository(tree, location);
  await root.take(tree);
  const environment = buildEnvironment(
    started.environment,
    process.env,
    { ...place, workFile: workFileOf(started, folder, place) },
    location,
  );
  const output = outputOf(build, started.workingFolder, tree);
  const args = [...build.flags, ...build.packages.map((each) => inStage(each, folder, root))];
  const go: PlacedGo = {
    program: await goProgram(release, host, signal),
    options: { signal, cwd: root.pathOf(folder), env: environment, endsGroup: true, onStderr: place.tell },
  };
  place.tell(['go build', ...build.flags, ...build.packages].join(' '));
  await assertOfStage(args, go, place);
  const target = `${root.pathOf(output.folder)}${output.name === undefined ? '/' : `/${shown(output.name)}`}`;
  mkdirSync(root.pathOf(output.folder), { recursive: true });
  const before = filesIn(root.pathOf(output.folder));
  const result = await runProgram(go.program, ['build', `-o=${target}`, ...args], go.options);
  if (result.exitCode !== 0) throw goFailed(result.stderr, location);
  makeFolders(tree, output.folder, owner);
  for (const [name, change] of filesIn(root.pathOf(output.folder))) {
    if (before.get(name) === change) continue;
    takeProgram(joined(output.folder, bytesOf(name)), place);
  }
}

/** Moves a program out of the way of the next build, to where the stage has it from. */
function takeProgram(path: BytePath, { tree, root, programs, owner }: RunPlace): void {
  const file = join(programs, `${readdirSync(programs).length}-${nameOf(path)}`);
  renameSync(root.pathOf(path), file);
  root.forget(path);
  const { size } = statSync(file);
  tree.set(path, { type: 'file', size, mode: 0o755, ...owner, file, open: () => createReadStream(file) });
}

/** What lies in a folder of this machine: name → what changes when it is written. */
function filesIn(directory: string): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(directory, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => {
        const { ino, mtimeNs, size } = statSync(join(directory, name), { bigint: true });
        return [name, `${ino} ${mtimeNs} ${size}`];
      }),
  );
}

interface Output {
  readonly folder: BytePath;
  /** Undefined: Go names the programs. */
  readonly name?: string;
}

function outputOf({ output }: BuildArguments, workingFolder: string, tree: FileTree): Output {
  const path = resolved(tree, cleanPath(bytesOf(posix.resolve(workingFolder, output ?? '.'))));
  const isFolder = output === undefined || output.endsWith('/') || tree.get(path)?.type === 'directory';
  return isFolder ? { folder: path } : { folder: folderOf(path), name: nameOf(path) };
}

/** The go.work that Go finds in the stage; above its root there may be others on this machine. */
function workFileOf(
  { environment }: Started,
  folder: BytePath,
  { tree, root }: RunPlace,
): string | undefined {
  const said = environment.get('GOWORK') ?? '';
  if (said === 'off') return undefined;
  if (said !== '') return root.pathOf(cleanPath(bytesOf(said)));
  for (let at = folder; ; at = folderOf(at)) {
    if (tree.get(joined(at, 'go.work'))) return root.pathOf(joined(at, 'go.work'));
    if (at === '') return undefined;
  }
}

/** Go would stamp the commit into the program; in Docker it may, or may not, depending on what else the image has. */
function assertNoRepository(tree: FileTree, location: SourceLocation): void {
  const repository = [...tree.entries()].find(([path]) => /(^|\/)\.(git|hg|bzr|svn)$/.test(path));
  if (!repository) return;
  const what = `builds no program from a repository: /${shown(repository[0])} is copied into the stage`;
  throw refusal(what, location, 'name it in the ignore file');
}
