import { createReadStream, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { SourceLocation } from '../../../errors';
import { type ProgramResult, runProgram } from '../../program';
import { bytesOf, cleanPath, folderOf, joined, nameOf, shown, type BytePath } from '../files/byte-path';
import type { FileTree } from '../files/file-tree';
import { makeFolders } from '../files/make-folders';
import { resolved } from '../files/resolve';
import { refusal } from '../refusal';
import type { Started } from '../shell/run-script';
import type { BuildArguments } from './build-arguments';
import { buildEnvironment } from './build-environment';
import { assertOfStage, type PlacedGo } from './files-of-stage';
import { goFailed } from './go-failed';
import { goProgram } from './host-go';
import { inStage } from './in-stage';
import { jointPackage } from './joint-build';
import { KeptProgram } from './kept-program';
import type { RunPlace } from './run-place';

/**
 * Has the host's Go do what a `go build` of a stage does, and puts the programs into the stage.
 *
 * @throws GoDockerError with the place of the RUN.
 */
export async function build(build: BuildArguments, started: Started, place: RunPlace): Promise<void> {
  const { tree, root, release, host, location, signal, owner } = place;
  const folder = resolved(tree, cleanPath(bytesOf(started.workingFolder)));
  assertNoRepository(tree, location);
  await root.take(tree);
  const work = workFileOf(started, folder, place);
  const environment = buildEnvironment(
    started.environment,
    process.env,
    { ...place, workFile: work === undefined ? undefined : root.pathOf(work) },
    location,
  );
  const output = outputOf(build, started.workingFolder, tree);
  const args = [...build.flags, ...build.packages.map((each) => inStage(each, folder, root))];
  const go: PlacedGo = {
    program: await goProgram(release, host, signal),
    options: { signal, cwd: root.pathOf(folder), env: environment, endsGroup: true },
  };
  const target = `${root.pathOf(output.folder)}${output.name === undefined ? '/' : `/${shown(output.name)}`}`;
  mkdirSync(root.pathOf(output.folder), { recursive: true });
  const kept = keptProgram(build, output, place);
  // Into a folder Go writes by a name of its own.
  const one = output.name === undefined ? undefined : jointPackage(build);
  const linked =
    one === undefined
      ? undefined
      : await place.joint?.ask({ go, tree, folder, workFile: work, flags: build.flags, package: one, kept });
  place.tell(['go build', ...build.flags, ...build.packages].join(' '));
  if (linked === undefined) await kept?.restore(target);
  else renameSync(linked, target);
  const before = filesIn(root.pathOf(output.folder));
  const result = await checkedBuild(['build', `-o=${target}`, ...args], args, go, place);
  if (result.exitCode !== 0) throw goFailed(result.stderr, place);
  makeFolders(tree, output.folder, owner);
  for (const [name, change] of filesIn(root.pathOf(output.folder))) {
    if (before.get(name) === change) continue;
    const program = takeProgram(joined(output.folder, bytesOf(name)), place);
    await kept?.keep(program);
  }
  // Where it is still there, Go has not found it to be what was asked for.
  if (kept || linked !== undefined) rmSync(target, { force: true });
}

/** Looks where the packages are while they are compiled already; what is wrong with that ends the build. */
async function checkedBuild(
  command: readonly string[],
  args: readonly string[],
  go: PlacedGo,
  place: RunPlace,
): Promise<ProgramResult> {
  const stop = new AbortController();
  const end = () => stop.abort(place.signal.reason);
  if (place.signal.aborted) end();
  place.signal.addEventListener('abort', end, { once: true });
  try {
    const checked = assertOfStage(args, go, place).catch((error: unknown) => {
      stop.abort(error);
      throw error;
    });
    const options = { ...go.options, signal: stop.signal, onStderr: place.tell };
    const [check, built] = await Promise.allSettled([checked, runProgram(go.program, command, options)]);
    if (check.status === 'rejected') throw check.reason;
    if (built.status === 'rejected') throw built.reason;
    return built.value;
  } finally {
    place.signal.removeEventListener('abort', end);
  }
}

/** Only a program whose name the Dockerfile says is known before it is there. */
function keptProgram(
  { flags, packages }: BuildArguments,
  { folder, name }: Output,
  { keptFor, release, platform }: RunPlace,
): KeptProgram | undefined {
  if (keptFor === undefined || name === undefined) return undefined;
  return new KeptProgram([
    ...keptFor,
    release.version,
    platform,
    joined(folder, name),
    ...flags,
    ...packages,
  ]);
}

/** Moves a program out of the way of the next build, to where the stage has it from. @returns That place. */
function takeProgram(path: BytePath, { tree, root, programs, owner }: RunPlace): string {
  const file = join(programs, `${readdirSync(programs).length}-${nameOf(path)}`);
  renameSync(root.pathOf(path), file);
  root.forget(path);
  const { size } = statSync(file);
  tree.set(path, { type: 'file', size, mode: 0o755, ...owner, file, open: () => createReadStream(file) });
  return file;
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
function workFileOf({ environment }: Started, folder: BytePath, { tree }: RunPlace): BytePath | undefined {
  const said = environment.get('GOWORK') ?? '';
  if (said === 'off') return undefined;
  if (said !== '') return cleanPath(bytesOf(said));
  for (let at = folder; ; at = folderOf(at)) {
    if (tree.get(joined(at, 'go.work'))) return joined(at, 'go.work');
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
