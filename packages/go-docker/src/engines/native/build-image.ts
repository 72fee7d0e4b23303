import { packLayer, type ArchivedImage } from '@go-docker/oci-image';
import { GoDockerError } from '../../errors';
import { emptyImage, noted, objectOf, type StageImage } from './config/stage-image';
import { buildPlatform, platformArguments } from './dockerfile/platform-arguments';
import { readStages, targetStage, type Stage, type Stages } from './dockerfile/stages';
import { byPlace } from './files/byte-path';
import { buildStage } from './stage/build-stage';
import type { BuiltStage } from './stage/built-stage';
import { assertSupported, neededStages } from './stage/needed-stages';
import type { StageBuild } from './stage/stage-build';

/** What the image for one platform is built with. */
export type ImageBuild = Omit<StageBuild, 'stages' | 'isOfImage' | 'built'>;

/**
 * Builds the image of one platform: what BuildKit would hand out for it, layers and history included.
 *
 * @throws GoDockerError with file and line.
 */
export async function buildImage(build: ImageBuild): Promise<ArchivedImage> {
  const { plan, platform } = build;
  const { stages, target } = stagesOf(build, plan.target);
  const needed = neededStages(stages, target, (name) => Object.hasOwn(plan.contexts, name));
  assertSupported(needed);
  const { image, layers } = await builderOf(build, stages, needed.ofImage)(target);
  return archived(withLabels(image, plan.labels), layers, platform);
}

/**
 * Builds one stage for one platform, for others to copy from: an image of nothing but the files that the Dockerfile made there.
 *
 * @param check Looks at the stages, the target and the stage that was built.
 * @returns The image, and the stage as the Dockerfile has it for this platform.
 * @throws GoDockerError with file and line.
 */
export async function buildStageFiles(
  build: ImageBuild,
  name: string,
  check: (stages: Stages, target: Stage, source: { stage: Stage; built: BuiltStage }) => void,
): Promise<{ readonly image: ArchivedImage; readonly stage: Stage }> {
  const { plan, platform } = build;
  const { stages, target } = stagesOf(build, plan.target);
  const stage = stageOf(build, stages, name);
  const { all } = neededStages(stages, stage, (each) => Object.hasOwn(plan.contexts, each));
  assertSupported({ ofImage: new Set(), all });
  const built = await builderOf(build, stages, new Set())(stage);
  check(stages, target, { stage, built });
  const files = [...built.tree.entries()].filter(([path]) => path !== '').sort(([a], [b]) => byPlace(a, b));
  const image = noted(emptyImage(platform), `COPY / / # ${name}`, {}, true);
  return { image: archived(image, [await packLayer(files)], platform), stage };
}

function stagesOf(build: ImageBuild, target: string): { stages: Stages; target: Stage } {
  const known = platformArguments(buildPlatform(), build.platform, target);
  const stages = readStages(build.dockerfile, known, build.plan.buildArgs);
  return { stages, target: stageOf(build, stages, target) };
}

function stageOf({ plan }: ImageBuild, stages: Stages, name: string): Stage {
  const stage = targetStage(stages, name);
  if (stage) return stage;
  throw new GoDockerError(`there is no stage "${name}" in this Dockerfile`, {
    location: { file: plan.dockerfile },
  });
}

/** Gives stages, each built once. */
function builderOf(
  build: ImageBuild,
  stages: Stages,
  ofImage: ReadonlySet<Stage>,
): (stage: Stage) => Promise<BuiltStage> {
  const inWork = new Map<string, Promise<BuiltStage>>();
  const stageBuild: StageBuild = { ...build, stages, isOfImage: (stage) => ofImage.has(stage), built };
  return built;

  function built(stage: Stage): Promise<BuiltStage> {
    const key = `${stages.list.indexOf(stage)} ${stage.from}`;
    const known = inWork.get(key) ?? buildStage(stage, stageBuild);
    inWork.set(key, known);
    return known;
  }
}

function withLabels(image: StageImage, labels: Readonly<Record<string, string>>): StageImage {
  if (Object.keys(labels).length === 0) return image;
  const all = { ...objectOf(image.config['Labels']), ...labels };
  return { ...image, config: { ...image.config, Labels: all } };
}

/** BuildKit writes down the platform that was asked for, whatever the base says of itself. */
function archived(image: StageImage, layers: BuiltStage['layers'], platform: string): ArchivedImage {
  const { author, config, history } = image;
  const { os, architecture, variant } = emptyImage(platform);
  const rootfs = { type: 'layers' as const, diff_ids: layers.map(({ diffId }) => diffId) };
  return { platform, config: { os, architecture, variant, author, config, history, rootfs }, layers };
}
