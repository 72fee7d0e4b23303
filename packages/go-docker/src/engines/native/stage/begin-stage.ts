import { readImageFiles, type ArchivedImage } from '@go-docker/oci-image';
import { GoDockerError } from '../../../errors';
import { isAddress } from '../../../images/context-address';
import { noBaseImage } from '../bases/base-images';
import { layoutImage } from '../bases/layout-images';
import {
  goReleaseIn,
  goReleaseOf,
  isOfficialGo,
  lastNumbered,
  officialVariables,
  type GoRelease,
} from '../compiler/go-release';
import type { HostRoot } from '../compiler/host-root';
import { emptyImage, imageOfConfig, textsOf, type StageImage } from '../config/stage-image';
import { stageCalled, type Stage } from '../dockerfile/stages';
import { FileTree } from '../files/file-tree';
import { refusal } from '../refusal';
import type { BuiltStage } from './built-stage';
import type { StageBuild } from './stage-build';

/**
 * What a stage is before its first instruction.
 *
 * @throws GoDockerError with the place of its FROM.
 */
export async function beginStage(stage: Stage, build: StageBuild): Promise<BuiltStage> {
  const platform = stage.platform ?? build.platform;
  const context = build.plan.contexts[stage.from];
  if (context !== undefined) return fromContext(context, platform, stage, build);
  const below = stageCalled(build.stages, stage.from, stage);
  if (below) {
    const built = await build.built(below);
    return { ...built, tree: built.tree.clone() };
  }
  if (stage.from === 'scratch') return stageOn(emptyImage(platform), new FileTree(), platform);
  return fromReference(stage.from, platform, stage, build);
}

async function fromReference(
  reference: string,
  platform: string,
  stage: Stage,
  build: StageBuild,
): Promise<BuiltStage> {
  const release = goReleaseOf(reference);
  if (release) return compilerStage(release, officialImage(release, platform), platform, build.rootOf(stage));
  // An image with Go is large, and none of its files are needed.
  const config = build.isOfImage(stage) ? undefined : await toldOf(reference, platform, stage, build);
  const told = goReleaseIn(textsOf(config?.['Env']), reference);
  if (config && told)
    return compilerStage(told, { ...emptyImage(platform), config }, platform, build.rootOf(stage));
  return fromImage(await baseImage(reference, platform, stage, build), platform, stage, build);
}

/** Of an image that may be of Go. Where nobody says what it is, one of Go is not fetched only to fail at that. */
async function toldOf(
  reference: string,
  platform: string,
  { location }: Stage,
  { bases }: StageBuild,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  let why = 'it is not in the local Docker';
  try {
    const config = await bases.told?.(reference, platform);
    if (config || !isOfficialGo(reference)) return config;
  } catch (error) {
    if (!(error instanceof GoDockerError)) throw error;
    if (!isOfficialGo(reference)) return undefined;
    why = error.what;
  }
  throw refusal(
    `cannot tell which release of Go ${reference} is: ${why}`,
    location,
    `name the release to its last number, such as ${lastNumbered(reference)}; where the line is go-docker's, in go.work or go.mod, or by nx g go-docker:setup <project> --goVersion=…`,
  );
}

/** The files of an image that COPY --from names. */
export async function imageFiles(reference: string, stage: Stage, build: StageBuild): Promise<FileTree> {
  const image = await baseImage(reference, build.platform, stage, build);
  return FileTree.of(await readImageFiles(image, reference, build.signal));
}

async function baseImage(
  reference: string,
  platform: string,
  { location }: Stage,
  { bases }: StageBuild,
): Promise<ArchivedImage> {
  const image = await bases.find(reference, platform).catch((error: unknown) => {
    if (!(error instanceof GoDockerError) || error.location) throw error;
    const { what, advice, output, cause } = error;
    throw new GoDockerError(what, { location, advice, output, cause });
  });
  if (image) return image;
  throw noBaseImage(reference, platform, location);
}

async function fromContext(
  address: string,
  platform: string,
  stage: Stage,
  build: StageBuild,
): Promise<BuiltStage> {
  if (address.startsWith('docker-image://')) {
    return fromReference(address.slice('docker-image://'.length), platform, stage, build);
  }
  if (address.startsWith('oci-layout://')) {
    const image = await layoutImage(address, platform, build.plan.workspaceRoot);
    if (!image) throw noBaseImage(address, platform, stage.location);
    return fromImage(image, platform, stage, build);
  }
  if (isAddress(address)) throw refusal(`fetches no build context from ${address}`, stage.location);
  return stageOn(emptyImage(platform), build.context(stage.from).clone(), platform);
}

async function fromImage(
  base: ArchivedImage,
  platform: string,
  stage: Stage,
  build: StageBuild,
): Promise<BuiltStage> {
  const image = imageOfConfig(base.config);
  if (textsOf(image.config['OnBuild']).length > 0) {
    throw refusal(`runs no ONBUILD, and the image ${stage.from} has some`, stage.location);
  }
  const release = goReleaseIn(textsOf(image.config['Env']), stage.from);
  if (release && !build.isOfImage(stage)) return compilerStage(release, image, platform, build.rootOf(stage));
  const tree = FileTree.of(await readImageFiles(base, stage.from, build.signal));
  return { ...stageOn(image, tree, platform), layers: base.layers };
}

function compilerStage(release: GoRelease, image: StageImage, platform: string, root: HostRoot): BuiltStage {
  return { ...stageOn(image, new FileTree(), platform), compiler: { release, root } };
}

function officialImage(release: GoRelease, platform: string): StageImage {
  const image = emptyImage(platform);
  return { ...image, config: { Env: officialVariables(release), WorkingDir: '/go' } };
}

function stageOn(image: StageImage, tree: FileTree, platform: string): BuiltStage {
  const variables = new Map(
    textsOf(image.config['Env']).map((each): [string, string] => {
      const at = each.indexOf('=');
      return [each.slice(0, at), each.slice(at + 1)];
    }),
  );
  return { tree, image, variables, layers: [], platform };
}
