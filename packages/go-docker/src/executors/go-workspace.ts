import { diskFileSystem, type GoWorkspace, readGoWorkspace } from '@go-docker/go-workspace';
import { once } from '../once';

/** Reads the Go workspace of a task. @throws the error of what is wrong with it. */
export function workspaceOf(workspaceRoot: string): GoWorkspace {
  return readGoWorkspace(diskFileSystem(workspaceRoot));
}

/** As {@link workspaceOf}, once for all tasks of a batch, which read one state of the files. */
export function sharedWorkspace({ root }: { readonly root: string }): () => GoWorkspace {
  return once(() => workspaceOf(root));
}
