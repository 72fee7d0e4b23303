import { mkdirSync, renameSync, rmSync } from 'node:fs';
import type { SourceLocation } from '../../../errors';
import { type ProgramResult, runProgram } from '../../program';
import { bytesOf, cleanPath, folderOf, joined, shown, type BytePath } from '../files/byte-path';
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
import { jointPackage, type JointProgram, type JointRequest } from './joint-request';
import { KeptProgram } from './kept-program';
import { outputOf, programsIn, takeProgram, type Output } from './program-output';
import type { RunPlace } from './run-place';

/**
 * Has the host's Go do what a `go build` of a stage does, and puts the programs into the stage.
 *
 * @throws GoDockerError with the place of the RUN.
 */
export async function build(build: BuildArguments, started: Started, place: RunPlace): Promise<void> {
  const { tree, release, host, location, signal } = place;
  assertNoRepository(tree, location);
  const folder = resolved(tree, cleanPath(bytesOf(started.workingFolder)));
  const workFile = workFileOf(started, folder, place);
  const output = outputOf(build, started.workingFolder, tree);
  const kept = keptProgram(build, output, place);
  const go: PlacedGo = {
    program: await goProgram(release, host, signal),
    options: optionsOf(started, folder, workFile, place),
  };
  const joint = await askJoint(build, output, { go, tree, folder, workFile, kept }, place);
  place.tell(['go build', ...build.flags, ...build.packages].join(' '));
  if (joint?.isOfStage && output.name !== undefined) {
    makeFolders(tree, output.folder, place.owner);
    const program = takeProgram(joint.file, joined(output.folder, output.name), place);
    await kept?.keep(program);
  } else await buildAlone(build, { go, folder, output, joint, kept }, place);
}

function optionsOf(
  { environment }: Started,
  folder: BytePath,
  workFile: BytePath | undefined,
  place: RunPlace,
): PlacedGo['options'] {
  const { root, signal, location } = place;
  const work = { workFile: workFile === undefined ? undefined : root.pathOf(workFile) };
  const env = buildEnvironment(environment, process.env, { ...place, ...work }, location);
  return { signal, cwd: root.pathOf(folder), env, endsGroup: true };
}

type Asked = Pick<JointRequest, 'go' | 'tree' | 'folder' | 'workFile' | 'kept'>;

/** Into a folder Go writes by a name of its own: such a program is asked of no one. */
async function askJoint(
  build: BuildArguments,
  { name }: Output,
  asked: Asked,
  { joint }: RunPlace,
): Promise<JointProgram | undefined> {
  const one = name === undefined ? undefined : jointPackage(build);
  return one === undefined ? undefined : joint?.ask({ ...asked, flags: build.flags, package: one });
}

interface AloneBuild {
  readonly go: PlacedGo;
  /** Where Go is run, in the stage. */
  readonly folder: BytePath;
  readonly output: Output;
  /** What Go may find to be the program that is asked for. */
  readonly joint?: JointProgram;
  readonly kept?: KeptProgram;
}

async function buildAlone(
  build: BuildArguments,
  { go, folder, output, joint, kept }: AloneBuild,
  place: RunPlace,
): Promise<void> {
  const { tree, root } = place;
  await root.take(tree);
  const [directory, { name }] = [root.pathOf(output.folder), output];
  const target = `${directory}/${name === undefined ? '' : shown(name)}`;
  mkdirSync(directory, { recursive: true });
  if (joint === undefined) await kept?.restore(target);
  else renameSync(joint.file, target);
  const before = programsIn(directory);
  const args = [...build.flags, ...build.packages.map((each) => inStage(each, folder, root))];
  const result = await checkedBuild(['build', `-o=${target}`, ...args], args, go, place);
  if (result.exitCode !== 0) throw goFailed(result.stderr, place);
  makeFolders(tree, output.folder, place.owner);
  for (const [each, change] of programsIn(directory)) {
    if (before.get(each) === change) continue;
    const path = joined(output.folder, bytesOf(each));
    const program = takeProgram(root.pathOf(path), path, place);
    await kept?.keep(program);
  }
  // Where it is still there, Go has not found it to be what was asked for.
  if (kept || joint) rmSync(target, { force: true });
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
