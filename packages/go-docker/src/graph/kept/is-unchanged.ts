import type * as GoWorkspacePackage from '@go-docker/go-workspace';
import type { WorkspacePath } from '@go-docker/go-workspace';
import { saySameAsThen } from './kept-go-files';
import { listingOf, plainListing } from './listing';
import type { ListedFolder, ReadLog } from './read-log';
import { isStillAs } from './stamp';

/** More changed Go files than this are read for a new graph, which is kept: looking at them anew for each graph would take as long. */
const MOST_CHANGED = 50;

/** Whether all that was read would say the same now. */
export function isUnchanged(root: string, log: ReadLog): boolean {
  const { files, folders } = log;
  const changed: WorkspacePath[] = [];
  for (const [file, stamp] of files) {
    if (isStillAs(`${root}/${file}`, stamp)) continue;
    if (!file.endsWith('.go') || changed.length === MOST_CHANGED) return false;
    changed.push(file);
  }
  for (const [folder, listed] of folders) {
    const same = listed.hasLinks
      ? leadsToTheSame(root, folder, listed)
      : holdsTheSame(`${root}/${folder}`, listed);
    if (!same) return false;
  }
  return changed.length === 0 || saySameAsThen(root, changed, log);
}

/** The time of a folder also changes with a file that was there only for a moment, so that what it holds is compared then. */
function holdsTheSame(path: string, { stamp, listing }: ListedFolder): boolean {
  return isStillAs(path, stamp) || plainListing(path) === listing;
}

function leadsToTheSame(root: string, folder: WorkspacePath, { listing }: ListedFolder): boolean {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- Loading it takes longer than all the rest, and few have links.
  const { diskFileSystem } = require('@go-docker/go-workspace') as typeof GoWorkspacePackage;
  try {
    return listingOf(diskFileSystem(root).readDirectory(folder)) === listing;
  } catch {
    return false;
  }
}
