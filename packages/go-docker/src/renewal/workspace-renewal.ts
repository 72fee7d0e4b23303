import { posix } from 'node:path';
import {
  type FileSystem,
  type GoWorkspace,
  readGoWorkspace,
  type WorkspacePath,
} from '@go-docker/go-workspace';
import { isMeantToBeRead } from '../errors';
import { isOurs } from '../managed-block/managed-block';
import { appRenewal } from './app-renewal';
import { includeRenewal, type Move } from './include-renewal';
import { movedModule } from './moved-module';
import type { Renewal } from './renewal';

/** What it takes for the files of all apps to say again what the workspace says. */
export interface WorkspaceRenewal {
  /** One for each app, and one for the root's compose file where it changes. */
  readonly renewals: readonly Renewal[];
  /** Why nothing can be said of the others: one error for each, fit to be read. Their files stay as they are. */
  readonly problems: readonly Error[];
}

/**
 * Compares the managed blocks of all apps' files with the workspace. What is wrong with one app keeps none of the others back.
 *
 * @param dockerfiles Whose ever they are.
 */
export function workspaceRenewal(files: FileSystem, dockerfiles: readonly WorkspacePath[]): WorkspaceRenewal {
  const ours = dockerfiles.filter((path) => isOurs(files.readFile(path) ?? '')).toSorted();
  const renewals: Renewal[] = [];
  const moves: Move[] = [];
  const problems: Error[] = [];
  const attempt = <T>(action: () => T): T | undefined => {
    try {
      return action();
    } catch (error) {
      if (!isMeantToBeRead(error)) throw error;
      problems.push(error);
      return undefined;
    }
  };
  // Nothing of a workspace without our files is read.
  const workspace = ours.length === 0 ? undefined : attempt(() => goWorkspace(files, ours));
  if (!workspace) return { renewals, problems };
  for (const dockerfile of ours) {
    const renewal = attempt(() => appRenewal(workspace, dockerfile));
    if (!renewal) continue;
    renewals.push(renewal);
    if (renewal.movedFrom !== undefined) {
      moves.push({ from: renewal.movedFrom, to: posix.dirname(dockerfile) });
    }
  }
  const include = attempt(() => includeRenewal(files, moves));
  return { renewals: include ? [...renewals, include] : renewals, problems };
}

/** A go.work that still names the old folder of a module reads best as what it is. */
function goWorkspace(files: FileSystem, dockerfiles: readonly WorkspacePath[]): GoWorkspace {
  try {
    return readGoWorkspace(files);
  } catch (error) {
    throw movedModule(files, dockerfiles) ?? error;
  }
}
