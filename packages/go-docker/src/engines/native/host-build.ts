import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ImagePlan } from '../engine';
import { type BaseImages, firstOf } from './bases/base-images';
import { dockerImages } from './bases/docker-images';
import { registryImages } from './bases/registry-images';
import type { ImageBuild } from './build-image';
import { hostGoOnce, type HostGo } from './compiler/host-go';
import { HostRoot } from './compiler/host-root';
import type { JointSeat } from './compiler/joint-request';
import { readContext } from './context/read-context';
import { parseDockerfile } from './dockerfile/instruction';
import type { Stage } from './dockerfile/stages';
import type { FileTree } from './files/file-tree';
import { prefixed } from '../prefixed';
import { refusal } from './refusal';

/** What builds can share, and have of their own where nothing is said. */
export interface Shared {
  /** The images of the local Docker. */
  readonly local?: BaseImages;
  readonly hostGo?: () => Promise<HostGo>;
  /** Links the programs of images that are built at the same time. */
  readonly joint?: JointSeat;
}

/**
 * What stages are built with on this machine, for each platform of a plan. What platforms can share they do.
 *
 * @param work A folder of this build.
 * @throws GoDockerError for C code, and with file and line for what cannot be read.
 */
export function hostBuilds(
  work: string,
  plan: ImagePlan,
  signal: AbortSignal,
  { local, hostGo = hostGoOnce(signal), joint }: Shared = {},
): readonly ImageBuild[] {
  assertNoC(plan);
  const dockerfile = parseDockerfile(
    readFileSync(join(plan.workspaceRoot, plan.dockerfile), 'utf8'),
    plan.dockerfile,
  );
  const bases = localOrFetched(plan, signal, local ?? dockerImages(join(work, 'bases'), signal));
  const shared = { plan, dockerfile, bases, signal, directory: work };
  const kept = { context: contextsOf(plan), hostGo, joint, rootOf: rootsIn(work) };
  return plan.platforms.map((platform) => ({ ...shared, ...kept, platform, tell: tellerOf(plan, platform) }));
}

function assertNoC({ usesCgo, dockerfile }: ImagePlan): void {
  if (!usesCgo) return;
  throw refusal('compiles no C code: the C compiler and library of the image are not on this machine', {
    file: dockerfile,
  });
}

/** As Docker does it: what is on the machine is taken, unless `pull` asks for what the registry has now. */
function localOrFetched(plan: ImagePlan, signal: AbortSignal, local: BaseImages): BaseImages {
  const fetched = registryImages(signal, tellerOf(plan));
  return plan.pull ? fetched : firstOf([local, fetched]);
}

function contextsOf({ workspaceRoot, dockerfile, contexts }: ImagePlan): (name?: string) => FileTree {
  const read = new Map<string | undefined, FileTree>();
  return (name) => {
    const folder = name === undefined ? workspaceRoot : resolve(workspaceRoot, contexts[name] ?? '');
    const tree = read.get(name) ?? readContext(folder, name === undefined ? dockerfile : undefined);
    read.set(name, tree);
    return tree;
  };
}

function rootsIn(directory: string): (stage: Stage) => HostRoot {
  const roots = new Map<number | undefined, HostRoot>();
  return ({ location: { line } }) => {
    const root = roots.get(line) ?? new HostRoot(join(directory, `root-${line}`));
    roots.set(line, root);
    return root;
  };
}

function tellerOf(
  { progress, platforms, linePrefix = '' }: ImagePlan,
  platform?: string,
): (line: string) => void {
  if (progress === 'quiet') return () => undefined;
  const prefix = platform !== undefined && platforms.length > 1 ? `[${platform}] ` : '';
  return (line) => void process.stderr.write(`${prefixed(line, linePrefix + prefix)}\n`);
}
