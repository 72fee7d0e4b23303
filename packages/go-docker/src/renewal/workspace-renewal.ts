import {
  type FileSystem,
  type GoWorkspace,
  readGoWorkspace,
  type WorkspacePath,
} from '@go-docker/go-workspace';
import { isMeantToBeRead } from '../errors';
import { isOurs } from '../managed-block/managed-block';
import { type AppRenewal, appRenewal } from './app-renewal';
import { movedModule } from './moved-module';

/** What it takes for the files of all images to say again what the workspace says. */
export interface WorkspaceRenewal {
  readonly apps: readonly AppRenewal[];
  /** Why nothing can be said of the others: one error for each, fit to be read. Their files stay as they are. */
  readonly problems: readonly Error[];
}

/**
 * Compares the managed blocks of all images' files with the workspace. What is wrong with one app keeps none of the others back.
 *
 * @param dockerfiles Whose ever they are.
 */
export function workspaceRenewal(files: FileSystem, dockerfiles: readonly WorkspacePath[]): WorkspaceRenewal {
  const ours = dockerfiles.filter((path) => isOurs(files.readFile(path) ?? '')).toSorted();
  if (ours.length === 0) return { apps: [], problems: [] };
  const apps: AppRenewal[] = [];
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
  const workspace = attempt(() => goWorkspace(files, ours));
  for (const dockerfile of workspace ? ours : []) {
    const renewal = attempt(() => workspace && appRenewal(workspace, dockerfile));
    if (renewal) apps.push(renewal);
  }
  return { apps, problems };
}

/** A go.work that still names the old folder of a module reads best as what it is. */
function goWorkspace(files: FileSystem, dockerfiles: readonly WorkspacePath[]): GoWorkspace {
  try {
    return readGoWorkspace(files);
  } catch (error) {
    throw movedModule(files, dockerfiles) ?? error;
  }
}
