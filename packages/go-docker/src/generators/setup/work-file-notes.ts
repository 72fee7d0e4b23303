import { posix } from 'node:path';
import {
  type FileSystem,
  type GoApp,
  type GoWorkspace,
  hasEntry,
  type WorkspacePath,
} from '@go-docker/go-workspace';

/** What the user should know of an app that is built without a go.work which Go would take on their machine, or may be meant to take. */
export function notesOnWorkFile(workspace: GoWorkspace, app: GoApp): string[] {
  const { workFile, modules } = workspace;
  const isLeftOut = !modules.some(({ dir, inWorkFile }) => dir === app.moduleDir && inWorkFile);
  if (!isLeftOut) return [];
  if (workFile) return [leftOut(app)];
  const other = workFileAbove(workspace.files, app.moduleDir);
  return other === undefined ? [] : [belowTheRoot(app, other)];
}

/** It may be meant; it may also be a `go work use` that nobody ran. */
function leftOut({ name, moduleDir }: GoApp): string {
  return (
    `go.work leaves out the module in ${moduleDir}, so ${name} builds without it (GOWORK=off); ` +
    `to build it with the others: go work use ./${moduleDir}, then nx sync`
  );
}

/** Go takes the nearest go.work; an image, whose sources are those of the whole workspace, has the one at the root. */
function belowTheRoot({ name }: GoApp, file: WorkspacePath): string {
  const dir = posix.dirname(file);
  return (
    `${file} is not at the root of the workspace, so ${name} builds without it (GOWORK=off) and finds no module of its use lines; ` +
    `to build it with them: move the file to the root, write ./${dir}/ before their folders there, then run nx sync`
  );
}

function workFileAbove(files: FileSystem, dir: WorkspacePath): WorkspacePath | undefined {
  if (dir === '.') return undefined;
  if (hasEntry(files, dir, 'go.work', 'file')) return posix.join(dir, 'go.work');
  return workFileAbove(files, posix.dirname(dir));
}
