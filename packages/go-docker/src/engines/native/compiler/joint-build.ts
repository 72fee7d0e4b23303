import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import type { Seat } from '../../gathering';
import { type ProgramOptions, runProgram } from '../../program';
import type { BytePath } from '../files/byte-path';
import type { FileTree } from '../files/file-tree';
import type { BuildArguments } from './build-arguments';
import type { PlacedGo } from './files-of-stage';
import { HostRoot } from './host-root';
import { inStage } from './in-stage';
import { joinedTree } from './joined-tree';
import type { KeptProgram } from './kept-program';

/** A `go build` of one image, which can be done together with those of others. */
export interface JointRequest {
  readonly go: PlacedGo;
  /** The files of the stage. */
  readonly tree: FileTree;
  /** Where Go is run, in the stage. */
  readonly folder: BytePath;
  /** The go.work that the stage sees; undefined: none. */
  readonly workFile?: BytePath;
  readonly flags: readonly string[];
  readonly package: string;
  readonly kept?: KeptProgram;
}

/** Asks for a program; the answer is where it is, undefined where it could not be linked with others. */
export type JointSeat = Seat<JointRequest, string | undefined>;

/** The one package that a `go build` makes a program of; undefined where it makes others, which are built one by one. */
export function jointPackage({ packages: [first, ...others], output }: BuildArguments): string | undefined {
  if (first === undefined || others.length > 0 || !output || output.endsWith('/')) return undefined;
  return /^\.\.?(\/|$)/.test(first) && !/\.go$|\.\.\./.test(first) ? first : undefined;
}

/**
 * Compiles and links programs of several images with one `go build` for each platform and set of flags, in a folder with the files of all
 * their stages. That is no stage of theirs: another go.work may choose other versions of modules. So each image is still built in its own
 * stage, with the program from here where Go is to leave its own; and Go tells by its build ID whether it is the same.
 * Whatever goes wrong here is passed over.
 *
 * @param directory A folder of this build.
 * @returns For each request the place of its program; undefined where there is none.
 */
export async function buildJointly(
  requests: readonly JointRequest[],
  directory: string,
  signal: AbortSignal,
): Promise<readonly (string | undefined)[]> {
  const programs = new Map<JointRequest, string>();
  for (const group of groupsOf(requests).filter(({ length }) => length > 1)) {
    try {
      for (const [request, program] of await linkGroup(group, directory, signal))
        programs.set(request, program);
    } catch (error) {
      // A disk may have no room for what all have together.
      if (signal.aborted) throw error;
    }
  }
  return requests.map((request) => programs.get(request));
}

async function linkGroup(
  group: readonly JointRequest[],
  directory: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<JointRequest, string>> {
  const tree = await joinedTree(
    group.map((request) => request.tree),
    group[0]?.workFile,
  );
  if (!tree) return new Map();
  // As Go tells folders.
  const home = realpathSync(mkdtempSync(join(directory, 'joint-')));
  try {
    return await linkTree(tree, group, home, signal);
  } catch (error) {
    rmSync(home, { recursive: true, force: true });
    throw error;
  }
}

async function linkTree(
  tree: FileTree,
  group: readonly JointRequest[],
  home: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<JointRequest, string>> {
  const programs = new Map<JointRequest, string>();
  const root = new HostRoot(join(home, 'root'));
  await root.take(tree);
  const names = await programNames(group, root, signal);
  for (const members of namedApart(group, names)) {
    const out = mkdtempSync(join(home, 'out-'));
    await buildMembers(members, root, out, signal);
    for (const [name, request] of members) {
      if (existsSync(join(out, name))) programs.set(request, join(out, name));
    }
  }
  return programs;
}

/** Variables that name files of one build. */
const OF_ONE_BUILD = new Set(['GOWORK', 'GOTMPDIR', 'NETRC']);

/** What has one Go, one environment and one set of flags. */
function groupsOf(requests: readonly JointRequest[]): readonly (readonly JointRequest[])[] {
  const groups = new Map<string, JointRequest[]>();
  for (const request of requests) {
    const { go, folder, workFile, flags } = request;
    const environment = Object.entries(go.options.env ?? {}).filter(([name]) => !OF_ONE_BUILD.has(name));
    const key = JSON.stringify([go.program, environment.sort(), folder, workFile ?? null, flags]);
    groups.set(key, [...(groups.get(key) ?? []), request]);
  }
  return [...groups.values()];
}

/** What Go calls the program of each package, where it is told only a folder for it: the last part of the import path. */
async function programNames(
  requests: readonly JointRequest[],
  root: HostRoot,
  signal: AbortSignal,
): Promise<ReadonlyMap<JointRequest, string>> {
  const [first] = requests;
  if (!first) return new Map();
  const packages = requests.map((request) => packageIn(request, root));
  const args = ['list', '-e', '-f={{.Dir}}\t{{.ImportPath}}', ...first.flags, ...packages];
  const { stdout } = await runProgram(first.go.program, args, optionsIn(first, root, signal));
  const paths = new Map(stdout.split('\n').map((line) => line.split('\t') as [string, string]));
  return new Map(
    requests.flatMap((request) => {
      const path = paths.get(resolve(root.pathOf(request.folder), packageIn(request, root)));
      return path === undefined ? [] : [[request, programName(path)]];
    }),
  );
}

/** https://pkg.go.dev/cmd/go#hdr-Compile_packages_and_dependencies: not `v2` of a module's second version. */
function programName(importPath: string): string {
  const parts = importPath.split('/');
  return (/^v[2-9]\d*$|^v1\d+$/.test(parts.at(-1) ?? '') ? parts.at(-2) : undefined) ?? parts.at(-1) ?? '';
}

/** In as few builds as can be: in one folder, no two programs have one name. */
function namedApart(
  requests: readonly JointRequest[],
  names: ReadonlyMap<JointRequest, string>,
): readonly ReadonlyMap<string, JointRequest>[] {
  const builds: Map<string, JointRequest>[] = [];
  for (const request of requests) {
    const name = names.get(request);
    if (name === undefined) continue;
    const build = builds.find((each) => !each.has(name)) ?? builds[builds.push(new Map()) - 1];
    build?.set(name, request);
  }
  return builds;
}

/** Go goes on with the other programs where one does not compile; why it does not is told where its own image is built. */
async function buildMembers(
  members: ReadonlyMap<string, JointRequest>,
  root: HostRoot,
  out: string,
  signal: AbortSignal,
): Promise<void> {
  const [first] = members.values();
  if (!first) return;
  for (const [name, { kept }] of members) await kept?.restore(join(out, name));
  const packages = [...members.values()].map((request) => packageIn(request, root));
  const args = ['build', `-o=${out}${sep}`, ...first.flags, ...packages];
  await runProgram(first.go.program, args, optionsIn(first, root, signal));
}

function packageIn(request: JointRequest, root: HostRoot): string {
  return inStage(request.package, request.folder, root);
}

function optionsIn(
  { go, folder, workFile }: JointRequest,
  root: HostRoot,
  signal: AbortSignal,
): ProgramOptions {
  const GOWORK = workFile === undefined ? 'off' : root.pathOf(workFile);
  return { ...go.options, signal, cwd: root.pathOf(folder), env: { ...go.options.env, GOWORK } };
}
