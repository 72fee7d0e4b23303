import { diskFileSystem, type FileSystem, type WorkspacePath } from '@go-docker/go-workspace';
import { listingOf, UNLISTABLE } from './listing';
import { type Stamp, stampFrom, stampOf } from './stamp';

/** Which files and folders of the workspace were read, and what they were like then. */
export interface ReadLog {
  readonly files: ReadonlyMap<WorkspacePath, Stamp>;
  readonly folders: ReadonlyMap<WorkspacePath, ListedFolder>;
}

export interface ListedFolder {
  readonly stamp: Stamp;
  /** See {@link listingOf}. */
  readonly listing: string;
  /** Where links lead may change without a change of the folder. */
  readonly hasLinks: boolean;
}

/** The workspace on disk, and a log that grows with what is read of it. */
export interface LoggedFiles {
  readonly files: FileSystem;
  readonly log: ReadLog;
  /** The stamp that the log has of a file, taken now where it has none. */
  readonly stampOf: (file: WorkspacePath) => Stamp;
}

/** Every stamp is taken before what it stands for is read: a change in between shows. */
export function loggedFiles(root: string): LoggedFiles {
  const files = new Map<WorkspacePath, Stamp>();
  const folders = new Map<WorkspacePath, ListedFolder>();
  const withLinks = new Set<WorkspacePath>();
  const stamp = (file: WorkspacePath, take = () => stampOf(`${root}/${file}`)): Stamp => {
    const known = files.get(file) ?? take();
    files.set(file, known);
    return known;
  };
  const disk = diskFileSystem(root, {
    seeLink: (folder) => withLinks.add(folder),
    seeFile: (file, stats) => stamp(file, () => stampFrom(stats())),
  });
  return {
    files: {
      readFile(path) {
        stamp(path);
        return disk.readFile(path);
      },
      readHead(path) {
        const head = disk.readHead?.(path);
        // One that could be opened has its stamp. Where none was there, one that has come since is too new for a stamp to settle.
        stamp(path);
        return head;
      },
      readDirectory(path) {
        const before = stampOf(`${root}/${path}`);
        folders.set(path, { stamp: before, listing: UNLISTABLE, hasLinks: false });
        const entries = disk.readDirectory(path);
        folders.set(path, { stamp: before, listing: listingOf(entries), hasLinks: withLinks.has(path) });
        return entries;
      },
    },
    log: { files, folders },
    stampOf: stamp,
  };
}
