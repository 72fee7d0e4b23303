import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { BUILD_EPOCH, OciImageError, writeLayout, type ArchivedImage } from '@go-docker/oci-image';
import { GoDockerError } from '../../errors';
import type { PlatformImage } from '../../images/image-json';
import type { Engine, ImagePlan } from '../engine';
import { type BaseImages, firstOf } from './bases/base-images';
import { dockerImages } from './bases/docker-images';
import { registryImages } from './bases/registry-images';
import { buildImage } from './build-image';
import { findHostGo, type HostGo } from './compiler/host-go';
import { HostRoot } from './compiler/host-root';
import { readContext } from './context/read-context';
import { parseDockerfile } from './dockerfile/instruction';
import type { Stage } from './dockerfile/stages';
import type { FileTree } from './files/file-tree';
import { refusal } from './refusal';
import { withWorkFolder } from './work-folder';

/** Where the images come from that stages start from, for one build. */
export type BasesOf = (plan: ImagePlan, directory: string, signal: AbortSignal) => BaseImages;

/** The Go of this machine compiles, and we assemble: no daemon is needed, and nothing but `go` is started. */
export function nativeEngine(basesOf: BasesOf = localOrFetched): Engine {
  return {
    name: 'native',
    async build(plan, directory, signal) {
      assertNoC(plan);
      return withWorkFolder((work) =>
        buildIn(work, plan, directory, basesOf(plan, join(work, 'bases'), signal), signal),
      );
    },
  };
}

function assertNoC({ usesCgo, dockerfile }: ImagePlan): void {
  if (!usesCgo) return;
  throw refusal('compiles no C code: the C compiler and library of the image are not on this machine', {
    file: dockerfile,
  });
}

/** As Docker does it: what is on the machine is taken, unless `pull` asks for what the registry has now. */
function localOrFetched(plan: ImagePlan, directory: string, signal: AbortSignal): BaseImages {
  const fetched = registryImages(signal, tellerOf(plan));
  return plan.pull ? fetched : firstOf([dockerImages(plan.workspaceRoot, directory, signal), fetched]);
}

async function buildIn(
  work: string,
  plan: ImagePlan,
  directory: string,
  bases: BaseImages,
  signal: AbortSignal,
): Promise<readonly PlatformImage[]> {
  const dockerfile = parseDockerfile(
    readFileSync(join(plan.workspaceRoot, plan.dockerfile), 'utf8'),
    plan.dockerfile,
  );

  const shared = { plan, dockerfile, bases, signal, directory: work };
  const kept = { context: contextsOf(plan), hostGo: onceHostGo(signal), rootOf: rootsIn(work) };
  const images: ArchivedImage[] = [];
  for (const platform of plan.platforms) {
    images.push(await buildImage({ ...shared, ...kept, platform, tell: tellerOf(plan, platform) }));
  }
  try {
    // Base layers are compressed anew, as the docker engine does: both give one digest.
    const options = { buildEpoch: BUILD_EPOCH, baseLayers: 'recompressed', signal } as const;
    return await writeLayout(join(directory, 'oci'), [{ file: plan.dockerfile, images }], options);
  } catch (error) {
    throw readable(error, plan);
  }
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

function onceHostGo(signal: AbortSignal): () => Promise<HostGo> {
  let found: Promise<HostGo> | undefined;
  return () => (found ??= findHostGo(signal).then((host) => host ?? Promise.reject(noGo())));
}

function noGo(): GoDockerError {
  return new GoDockerError('there is no go program on the PATH, which the engine "native" compiles with', {
    advice:
      'install Go (https://go.dev/dl/), or add the folder that it is in to the PATH; or --engine=docker',
  });
}

function tellerOf({ progress, platforms }: ImagePlan, platform?: string): (line: string) => void {
  if (progress === 'quiet') return () => undefined;
  const prefix = platform !== undefined && platforms.length > 1 ? `[${platform}] ` : '';
  return (line) => void process.stderr.write(`${prefix}${line.trimEnd()}\n`);
}

/** An image that nothing was added to, for example: what a person can look at is the Dockerfile. */
function readable(error: unknown, { dockerfile, target }: ImagePlan): unknown {
  if (!(error instanceof OciImageError) || error.location?.file !== dockerfile) return error;
  return new GoDockerError(`stage "${target}": ${error.what}`, {
    location: { file: dockerfile },
    advice: error.advice,
    cause: error,
  });
}
