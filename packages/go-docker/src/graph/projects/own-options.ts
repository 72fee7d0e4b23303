import type { FileSystem, WorkspacePath } from '@go-docker/go-workspace';
import { isAddress } from '../../images/context-address';
import { isBelowRoot, plainPath } from '../../images/workspace-path';
import { ownTargets, property } from './project-json';

/** What the options of a project's own image target take from the workspace, besides what the Dockerfile in its root does. */
export interface OwnSources {
  /** Dockerfiles that stand elsewhere. */
  readonly dockerfiles: readonly WorkspacePath[];
  /** Folders that are build contexts of their own. */
  readonly contexts: readonly WorkspacePath[];
}

/**
 * Reads the options `dockerfile` and `contexts` that project.json or package.json in `root` give the image target, its
 * configurations too. What nx.json or the command line gives is not seen.
 */
export function ownSources(files: FileSystem, root: WorkspacePath, target: string): OwnSources {
  const options = ownTargets(files, root, target).flatMap((own) => [
    property(own, 'options'),
    ...values(property(own, 'configurations')),
  ]);
  const contexts = options.flatMap((each) => values(property(each, 'contexts')));
  return {
    dockerfiles: paths(options.map((each) => property(each, 'dockerfile'))),
    contexts: paths(contexts.filter((source) => typeof source === 'string' && !isAddress(source))),
  };
}

function values(object: unknown): readonly unknown[] {
  return typeof object === 'object' && object !== null ? Object.values(object) : [];
}

/** Those that lie in the workspace, with `{workspaceRoot}` and `\` as Nx and Windows write them. */
function paths(texts: readonly unknown[]): readonly WorkspacePath[] {
  const inWorkspace = texts
    .filter((text) => typeof text === 'string')
    .map((text) => plainPath(text.replace(/^\{workspaceRoot\}[\\/]/, '')))
    .filter(isBelowRoot);
  return [...new Set(inWorkspace)].sort();
}
