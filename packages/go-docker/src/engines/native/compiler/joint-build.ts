import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { type ProgramOptions, runProgram } from '../../program';
import { unlessEnding } from '../../unless-ending';
import type { FileTree } from '../files/file-tree';
import { HostRoot } from './host-root';
import { inStage } from './in-stage';
import { joinedTree } from './joined-tree';
import { JointPackages } from './joint-packages';
import type { JointProgram, JointRequest } from './joint-request';

/**
 * Compiles and links programs of several images with one `go build` for each platform and set of flags, in a folder with the files of all
 * their stages. That is no stage of theirs: another go.work may choose other versions of modules. Where that can be, the image is still built in
 * its own stage, with the program from here where Go is to leave its own; and Go tells by its build ID whether it is the same.
 * Whatever goes wrong here is passed over.
 *
 * @param directory A folder of this build.
 * @returns For each request its program; undefined where there is none.
 */
export async function buildJointly(
  requests: readonly JointRequest[],
  directory: string,
  signal: AbortSignal,
): Promise<readonly (JointProgram | undefined)[]> {
  const programs = new Map<JointRequest, JointProgram>();
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
): Promise<ReadonlyMap<JointRequest, JointProgram>> {
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
): Promise<ReadonlyMap<JointRequest, JointProgram>> {
  const programs = new Map<JointRequest, JointProgram>();
  const root = new HostRoot(join(home, 'root'));
  await root.take(tree);
  const packages = await listed(group, tree, root, signal);
  for (const members of namedApart(group, (request) => packages.importPathOf(folderOf(request, root)))) {
    const out = mkdtempSync(join(home, 'out-'));
    const isWhole = await buildMembers(members, root, out, signal);
    if (!isWhole) await unlessEnding(signal);
    for (const [name, request] of members) {
      const file = join(out, name);
      if (!existsSync(file)) continue;
      const isOfStage = isWhole && (await packages.isOfStage(folderOf(request, root), request.tree));
      programs.set(request, { file, isOfStage });
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

function listed(
  requests: readonly JointRequest[],
  tree: FileTree,
  root: HostRoot,
  signal: AbortSignal,
): Promise<JointPackages> {
  const [first] = requests;
  if (!first) throw new Error('nothing is to be linked');
  const go = { ...first.go, options: optionsIn(first, root, signal) };
  const moduleCache = go.options.env?.['GOMODCACHE'] ?? '';
  const args = [...first.flags, ...requests.map((request) => packageIn(request, root))];
  return JointPackages.list(go, args, { tree, root, moduleCache });
}

/**
 * What Go calls the program of a package, where it is told only a folder for it: the last part of the import path, and not `v2` of a module's
 * second version. (https://pkg.go.dev/cmd/go#hdr-Compile_packages_and_dependencies)
 */
function programName(importPath: string): string {
  const parts = importPath.split('/');
  return (/^v[2-9]\d*$|^v1\d+$/.test(parts.at(-1) ?? '') ? parts.at(-2) : undefined) ?? parts.at(-1) ?? '';
}

/** In as few builds as can be: in one folder, no two programs have one name. */
function namedApart(
  requests: readonly JointRequest[],
  importPathOf: (request: JointRequest) => string | undefined,
): readonly ReadonlyMap<string, JointRequest>[] {
  const builds: Map<string, JointRequest>[] = [];
  for (const request of requests) {
    const path = importPathOf(request);
    if (path === undefined) continue;
    const name = programName(path);
    const build = builds.find((each) => !each.has(name)) ?? builds[builds.push(new Map()) - 1];
    build?.set(name, request);
  }
  return builds;
}

/**
 * Go goes on with the other programs where one does not compile; why it does not is told where its own image is built.
 *
 * @returns Whether all were made: where one was not, another may be left of an earlier build.
 */
async function buildMembers(
  members: ReadonlyMap<string, JointRequest>,
  root: HostRoot,
  out: string,
  signal: AbortSignal,
): Promise<boolean> {
  const [first] = members.values();
  if (!first) return false;
  for (const [name, { kept }] of members) await kept?.restore(join(out, name));
  const packages = [...members.values()].map((request) => packageIn(request, root));
  const args = ['build', `-o=${out}${sep}`, ...first.flags, ...packages];
  const { exitCode } = await runProgram(first.go.program, args, optionsIn(first, root, signal));
  return exitCode === 0;
}

/** Absolute path of a main package. */
function folderOf(request: JointRequest, root: HostRoot): string {
  return resolve(root.pathOf(request.folder), packageIn(request, root));
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
