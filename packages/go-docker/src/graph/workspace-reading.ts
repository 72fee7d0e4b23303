import { type FileSystem, type GoWorkspace, readGoWorkspace, rememberedFiles } from '@go-docker/go-workspace';
import { keptGoFiles } from './kept/kept-go-files';
import { loggedFiles, type ReadLog } from './kept/read-log';
import { once } from '../once';

/** A workspace while it is read for one graph. */
export interface WorkspaceReading {
  readonly files: FileSystem;
  /** All that was read so far. */
  readonly log: ReadLog;
  /** Reads the Go workspace when it is first called. */
  readonly workspace: () => GoWorkspace;
  /** Spares the next graph the Go files that do not change until then. */
  readonly keepGoFiles: () => void;
}

export function readWorkspace(root: string): WorkspaceReading {
  const logged = loggedFiles(root);
  const files = rememberedFiles(logged.files);
  const goFiles = keptGoFiles(root, logged);
  return {
    files,
    log: logged.log,
    workspace: once(() => readGoWorkspace(files, goFiles)),
    keepGoFiles: goFiles.save,
  };
}
