import { type GeneratorCallback, logger, type NxJsonConfiguration, readNxJson, type Tree } from '@nx/devkit';
import { GoDockerError } from '../../errors';
import { pluginSettings } from '../../graph/plugin-options';
import { isJsonObject, type JsonObject } from '../../json/read-json';
import type { PipelineTargets } from '../../pipelines/pipeline';
import { workspacePipeline, type WorkspaceFacts } from '../../pipelines/workspace-pipeline';
import { ignoreCaches } from './git-ignore';
import { isOurPlugin } from '../init/register-plugin';
import { treeFiles } from '../setup/tree-files';
import { type GitFacts, gitFacts, withoutRemote } from './git';
import { type CiOptions, ciRequest } from './options';
import { summary } from './summary';

/**
 * Writes the pipeline that builds, measures and pushes what a change reaches. Again, it renews its block and changes nothing else.
 *
 * @returns What tells the user what was written, and what the provider has to be given.
 * @throws GoDockerError; Nx then writes nothing of the tree.
 */
export default function ciGenerator(tree: Tree, options: CiOptions): GeneratorCallback {
  const git = gitFacts(tree.root);
  const { pipeline, texts, hasUnknownStages } = workspacePipeline(
    treeFiles(tree),
    ciRequest(options),
    workspaceFacts(tree, git),
  );
  const changed = [...texts].filter(([path, text]) => tree.read(path, 'utf-8') !== text);
  for (const [path, text] of changed) tree.write(path, text);
  const written = [
    ...changed.map(([path]) => path),
    ...(pipeline.provider === 'gitlab' ? ignoreCaches(tree) : []),
  ];
  return () => logger.info(summary(pipeline, written, { below: git.below, hasUnknownStages }));
}

function workspaceFacts(tree: Tree, git: GitFacts): WorkspaceFacts {
  const nxJson = readNxJson(tree);
  const targets = targetNames(tree);
  const { repository, tags } = targets.push === undefined ? {} : pushOptions(nxJson, targets.push);
  return {
    targets,
    ...(typeof repository === 'string' && { repository }),
    ...(Array.isArray(tags) && { tags: tags.filter((tag) => typeof tag === 'string') }),
    mainBranch: withoutRemote(nxJson?.defaultBase) ?? git.branch ?? 'main',
    remote: git.remote,
  };
}

/** What nx.json says of the push target. As Nx has it, the defaults of an executor go before those of a name. */
function pushOptions(nxJson: NxJsonConfiguration | null, target: string): JsonObject {
  const all: unknown = nxJson?.targetDefaults;
  const defaults = isJsonObject(all) ? (all[PUSH_EXECUTOR] ?? all[target]) : undefined;
  const options = isJsonObject(defaults) ? defaults.options : undefined;
  return isJsonObject(options) ? options : {};
}

const PUSH_EXECUTOR = 'go-docker:push';

function targetNames(tree: Tree): PipelineTargets {
  const plugin = readNxJson(tree)?.plugins?.find(isOurPlugin);
  const settings = pluginSettings(isJsonObject(plugin) ? plugin.options : undefined);
  if (settings.imageTargetName === false) {
    throw new GoDockerError(
      'the options of the plugin go-docker turn off the target that builds images: there is nothing to run',
      { location: { file: 'nx.json' }, advice: 'take "imageTargetName": false out of them' },
    );
  }
  return {
    image: settings.imageTargetName,
    ...(settings.imageSizeTargetName !== false && { size: settings.imageSizeTargetName }),
    ...(settings.imagePushTargetName !== false && { push: settings.imagePushTargetName }),
  };
}
