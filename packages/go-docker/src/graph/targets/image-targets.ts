import type { TargetConfiguration } from '@nx/devkit';
import type { TargetNames } from '../plugin-options';
import { imageTarget, modulesTarget } from './building-targets';
import type { ImageFacts } from './image-facts';
import { compareTarget, sizeTarget } from './measuring-targets';
import { devTarget, loadTarget, pushTarget } from './using-targets';

type Targets = Record<string, TargetConfiguration>;

/** The targets of an app with a Dockerfile, by the names that the plugin's options give them. */
export function imageTargets(facts: ImageFacts, names: TargetNames): Targets {
  const { imageTargetName: image, imageSizeTargetName: size } = names;
  const { imageLoadTargetName: load, imagePushTargetName: push, imageCompareTargetName: compare } = names;
  const dev = facts.hasDev && names.devTargetName !== false ? devTarget(facts, names.devTargetName) : {};
  if (image === false) return dev;
  const modules = facts.modules && names.imageModulesTargetName;
  return {
    [image]: imageTarget(facts, image, modules || undefined),
    ...(modules ? { [modules]: modulesTarget(facts, modules) } : {}),
    ...(size === false ? {} : { [size]: sizeTarget(facts, image, size) }),
    ...(compare === false ? {} : { [compare]: compareTarget(facts, image, compare) }),
    ...(load === false ? {} : { [load]: loadTarget(facts, image, load) }),
    ...(push === false ? {} : { [push]: pushTarget(facts, image, push) }),
    ...dev,
  };
}
