import { type GeneratorCallback, globAsync, logger, type Tree } from '@nx/devkit';
import { GoDockerError } from '../../errors';
import { type WorkspaceRenewal, workspaceRenewal } from '../../renewal/workspace-renewal';
import { treeFiles } from '../setup/tree-files';
import { dockerfilePatterns, isDockerfile } from './dockerfiles';
import { counted, outOfSyncDetails, outOfSyncMessage, report } from './messages';

/** What Nx makes of a sync generator's run: nothing is out of sync where the tree did not change. */
interface SyncResult {
  readonly outOfSyncMessage: string;
  readonly outOfSyncDetails: string[];
  readonly callback: GeneratorCallback;
}

/**
 * Renews the managed blocks of all images' files that no longer fit the workspace. An app whose files cannot be read keeps none of
 * the others back: they are renewed, and the command fails afterwards.
 *
 * @param options Given by `nx g`, which takes a callback; `nx sync` and runs of targets give none, and take a message.
 * @throws GoDockerError where nothing is to be renewed, and there are files that cannot be read.
 */
export default async function syncGenerator(
  tree: Tree,
  options?: unknown,
): Promise<SyncResult | GeneratorCallback | undefined> {
  const files = treeFiles(tree);
  const dockerfiles = (await globAsync(tree, dockerfilePatterns)).filter(isDockerfile);
  const renewal = workspaceRenewal(files, dockerfiles);
  for (const { texts } of renewal.renewals) {
    for (const [path, text] of texts) tree.write(path, text);
  }
  if (options !== undefined) {
    logger.info(report(renewal));
    return () => failAfter(renewal);
  }
  const error = problemsError(renewal);
  const isStale = renewal.renewals.some(({ texts }) => texts.size > 0);
  if (!isStale && error) throw error;
  if (!isStale) return undefined;
  return {
    outOfSyncMessage: outOfSyncMessage(renewal),
    outOfSyncDetails: outOfSyncDetails(renewal),
    callback: () => {
      if (error) throw error;
    },
  };
}

/** What is wrong was reported with the rest: a dry run calls nothing. */
function failAfter({ problems }: WorkspaceRenewal): void {
  if (problems.length === 0) return;
  throw new GoDockerError(`The files of ${counted(problems.length, 'app')} could not be renewed`);
}

/** All that is wrong, as one error. */
function problemsError({ problems }: WorkspaceRenewal): Error | undefined {
  if (problems.length < 2) return problems[0];
  return new GoDockerError(`The files of ${problems.length} apps cannot be renewed`, {
    output: problems.map(({ message }) => message).join('\n\n'),
  });
}
