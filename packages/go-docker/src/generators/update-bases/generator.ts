import { type GeneratorCallback, globAsync, logger, type Tree } from '@nx/devkit';
import { movedBases } from '../../bases/moved-bases';
import { onlineSources } from '../../bases/sources';
import { GoDockerError } from '../../errors';
import { treeFiles } from '../setup/tree-files';
import { dockerfilePatterns, isDockerfile } from '../sync/dockerfiles';
import { counted } from '../sync/messages';
import { baseRequest, type UpdateBasesOptions } from './options';
import { report } from './report';

/**
 * Moves base images, Go, tools and certificates to what is current, and shows what moved. Where a source gives no answer the rest moves
 * all the same, and the command fails afterwards.
 *
 * @throws GoDockerError or GoWorkspaceError where the options or the workspace are wrong: nothing is written then.
 */
export default async function updateBasesGenerator(
  tree: Tree,
  options: UpdateBasesOptions,
): Promise<GeneratorCallback> {
  const request = baseRequest(options);
  const dockerfiles = (await globAsync(tree, dockerfilePatterns)).filter(isDockerfile);
  const moved = await movedBases(treeFiles(tree), dockerfiles, request, onlineSources());
  for (const [path, text] of moved.texts) tree.write(path, text);
  logger.info(`\n${report(moved)}\n`);
  return () => {
    const { length } = moved.problems;
    if (length > 0)
      throw new GoDockerError(`${counted(length, 'thing')} could not be asked for or moved: see above`);
  };
}
