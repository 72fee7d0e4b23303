import type { ArchivedImage } from '@go-docker/oci-image';
import { GoDockerError } from '../../errors';
import { emptyImage, objectOf, type StageImage } from './config/stage-image';
import { buildPlatform, platformArguments } from './dockerfile/platform-arguments';
import { readStages, targetStage, type Stage } from './dockerfile/stages';
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
  const { plan, dockerfile, platform } = build;
  const known = platformArguments(buildPlatform(), platform, plan.target);
  const stages = readStages(dockerfile, known, plan.buildArgs);
  const target = targetStage(stages, plan.target);
  if (!target) {
    throw new GoDockerError(`there is no stage "${plan.target}" in this Dockerfile`, {
      location: { file: plan.dockerfile },
    });
  }
  const needed = neededStages(stages, target, (name) => Object.hasOwn(plan.contexts, name));
  assertSupported(needed);
  const inWork = new Map<string, Promise<BuiltStage>>();
  const isOfImage = (stage: Stage) => needed.ofImage.has(stage);
  const stageBuild: StageBuild = { ...build, stages, isOfImage, built };
  const { image, layers } = await built(target);
  return archived(withLabels(image, plan.labels), layers, platform);

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
